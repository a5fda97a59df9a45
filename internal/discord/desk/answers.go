package desk

import "maps"

// What components and forms about answers and numbers do. On is the id of a posted
// answer where nothing else is said.
const (
	actOther       Action = 'a' // shows the other passages that were found
	actSearch      Action = 'b' // opens the form of a search, and is it; On is an errand's purpose and subject
	actChoose      Action = 'c' // a menu of passages, and the form behind it; On is the name of a kept errand, Page in the form which passage
	actSilent      Action = 'd' // opens the form, and is it
	actTiers       Action = 'e' // shows the tiers
	actTier        Action = 'f' // a menu of tiers, and the form behind it, whose Page is the tier
	actTakeDown    Action = 'g' // removes the posted answer
	actRight       Action = 'h' // opens the form, and is it
	actCorrections Action = 'i' // Page is a page
	actCorrection  Action = 'j' // a menu of corrections
	actUndo        Action = 'k' // On is the id of a correction
	actGolden      Action = 'l' // runs the golden questions; Page is a page
	actGoldenAdd   Action = 'm' // asks what a new golden question expects
	actGoldenWant  Action = 'n' // a menu of expectations
	actGoldenAsk   Action = 'o' // the form of a golden question; On is what it expects
	actGoldenOne   Action = 'p' // a menu of golden questions
	actGoldenDrop  Action = 'q' // On is the id of a golden question
	actGaps        Action = 'r' // Page is a page
	actGap         Action = 's' // a menu of groups; the value is the id of the first question in it
	actGapWrite    Action = 't' // opens the form for an article
	actGapDismiss  Action = 'u' // On is the id of the first question of the group
	actAudit       Action = 'v' // Page is a page
	actAuditExport Action = 'w'
	actJobs        Action = 'x'
	actJobCancel   Action = 'y' // a menu of jobs
	actPosted      Action = 'z' // the dialog about a posted answer; On is its id
)

// answerScreens takes those that are about answers and numbers.
func (d *Desk) answerScreens() {
	maps.Copy(d.commands, map[string]handler{
		CommandCorrect + " ":       d.correct,
		CommandKB + " corrections": d.corrections,
		CommandKB + " test":        d.golden,
		CommandKB + " why":         d.why,
		CommandKB + " gaps":        d.gaps,
		CommandKB + " stats":       d.stats,
		CommandKB + " audit":       d.audit,
		CommandKB + " jobs":        d.jobs,
	})
	maps.Copy(d.actions, map[Action]handler{
		actPosted: d.backToPosted, actOther: d.otherPassages, actSearch: d.search, actChoose: d.choose,
		actSilent: d.shouldBeSilent, actTiers: d.tiers, actTier: d.wrongTier, actTakeDown: d.takeDown, actRight: d.isRight, actProposeFor: d.proposeFor,
		actCorrections: d.corrections, actCorrection: d.correction, actUndo: d.undo,
		actGolden: d.golden, actGoldenAdd: d.goldenAdd, actGoldenWant: d.goldenWant, actGoldenAsk: d.goldenAsk,
		actGoldenOne: d.goldenOne, actGoldenDrop: d.goldenDrop,
		actGaps: d.gaps, actGap: d.gap, actGapWrite: d.gapWrite, actGapDismiss: d.gapDismiss,
		actAudit: d.audit, actAuditExport: d.auditExport, actJobs: d.jobs, actJobCancel: d.jobCancel,
	})
}
