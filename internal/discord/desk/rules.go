package desk

import "maps"

// The actions of settings and safety.
const (
	actOverview  Action = '0'
	actSetting   Action = '1' // a menu, or a button whose On is a setting
	actSet       Action = '2' // a menu; On is the setting
	actType      Action = '3' // a form and what opens it; On is the setting
	actReset     Action = '4' // On is the setting
	actSwitch    Action = '5' // On is the setting, Page 1 for on
	actSetup     Action = '6'
	actTry       Action = '7' // the test question, and the form for it
	actReady     Action = '8'
	actTopics    Action = '9' // Page
	actTopic     Action = '#' // a menu, or a button whose On is a topic
	actPropose   Action = '+' // the form for a topic; On is the topic that changes
	actProposals Action = '%' // a menu, or Page
	actDecide    Action = '=' // On is the proposal, Page 1 to approve
	actResources Action = '*'
	actRepropose Action = '-' // On is what was typed into the form for a topic
)

// ruleScreens takes the commands and components of settings and safety.
func (d *Desk) ruleScreens() {
	maps.Copy(d.commands, map[string]handler{
		"settings show": d.settings, "settings setup": d.setup, "settings pause": d.pause, "settings resume": d.resume,
		"settings block": d.block, "settings unblock": d.unblock,
		"safety topics": d.topics, "safety test": d.testTriage, "safety resources": d.resources,
		"safety propose": d.propose, "safety approve": d.proposals, "safety log": d.proposalLog,
	})
	d.typing["safety topics topic"], d.typing["safety propose topic"] = d.completeTopic, d.completeOwnTopic
	maps.Copy(d.actions, map[Action]handler{
		actOverview: d.settings, actSetting: d.oneSetting, actSet: d.setChosen, actType: d.typeSetting, actReset: d.resetSetting,
		actSwitch: d.switchSetting, actSetup: d.setup, actTry: d.try, actReady: d.finishSetup,
		actTopics: d.topics, actTopic: d.topic, actPropose: d.proposeForm, actRepropose: d.reproposeForm, actProposals: d.proposals, actDecide: d.decide,
		actResources: d.resources, ActionCorrect: d.correctByButton,
	})
}
