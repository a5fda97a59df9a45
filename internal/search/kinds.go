package search

// shippedKinds are the kinds of question, the more special before the more general.
var shippedKinds = newKindTable(append(append(judgementKinds(), healthKinds()...), factKinds()...))

// judgementKinds ask for advice or a verdict.
func judgementKinds() []kind {
	return []kind{
		{
			name: "author",
			asked: "who wrote,who is the author,is the author,is the writer,author a doctor,written by,wrote this,who made this,who is behind this,what does he do for a living," +
				"what did he study,what did she study,is he a,is she a,what are his,what are her",
			topics: "credentials,qualified,qualifications,degree,diploma,licensed,certified",
			heads:  "job major profession occupation degree credentials qualifications",
			wants:  cueRole, weaker: cueName | cueOrganisation, hints: "author licensed degree certified therapist writer",
		},
		{
			name: "source",
			asked: "says who,said who,according to who,according to whom,who says,who said,where does it say,who claims,who are they quoting,who do they quote,based on what," +
				"source for,sources for,which study,what study,which paper,what paper,citation for,who told",
			classes: "hospital university journal institution institute school college magazine website source newspaper",
			heads:   "source sources",
			wants:   cueOrganisation, weaker: cueName, hints: "according university center study published journal",
		},
		{
			name: "advice",
			asked: "^should i,^should you,^should we,^should one,^should people,^should somebody,^should they,^should my,when to see a doctor,when should i see,when should i go,when should i call," +
				"need to see a doctor,do i need,do you need,do i have to,do you have to,does it have to,does it need,is it necessary,must i,am i supposed to,are you supposed to,supposed to," +
				"better if,is it best,is it a good idea,any tips,any advice,what should i,what do i need,what do you need,what do you recommend,do they need,what would you recommend",
			topics: "necessary,recommended,recommend,required,good idea,bad idea,worth it,tips,advice,remember,keep in mind,important",
			wants:  cueAdvice | cueStep, weaker: cueSafety | cueDenial, hints: "should recommended sure important need",
		},
		{
			name: "safe",
			asked: "is it safe,is this safe,is that safe,how safe,are they safe,safe to,safe if,safe for,is it ok,is it okay,is it fine,is it alright,is that ok,is this ok,ok to,okay to,fine to,alright to,cool to,ok if,okay if," +
				"am i allowed,are you allowed,is it allowed",
			topics: "safe,safely,safety,unsafe,allowed to,permitted,ok$,okay$,too hard,too much,too often,too deep,too long,go hard",
			forms:  "^can i,^can you,^may i,^could i,^can we,^can my,^can someone,^can anyone,^can a,^can they",
			wants:  cueSafety, weaker: cueHarm | cueAdvice | cueDenial, hints: "safe safely unsafe dangerous avoid risk damage",
		},
		{
			name: "harm",
			asked: "what happens if,what happens when,what goes wrong,what could go wrong,what can go wrong,what might go wrong,what may go wrong,worst case,worst thing,any downsides,any risks,any risk,any dangers,any side effects," +
				"is it bad,is this bad,is that bad,bad for,what is the catch,is it dangerous,how dangerous,how risky,does it hurt,will it hurt",
			topics: "go wrong,goes wrong,went wrong,worst,risk,risks,risky,danger,dangers,dangerous,side effect,side effects,downside,downsides,drawback,drawbacks,harm,harms,harmful,hurt,hurts,hurting,painful," +
				"damage,damaged,damaging,injure,injury,injured,infection,infections,mess up,messed up,screw up,bleed,rip,ripped,tear,rupture,kill you,kill me,make it worse,cons,hazard,hazards",
			heads: "risk risks danger dangers downside downsides drawbacks harm harms hazards effects",
			wants: cueHarm, weaker: cueSafety, hints: "risk danger dangerous damage injury cause serious harm concern",
		},
		{
			name: "effective",
			asked: "does it work,does this work,do they work,does that work,does it do anything,is it true,is this true,is that true,true that,any proof,any science,any evidence,any studies,any study,is it real,is this real,for real," +
				"is it legit,is this legit,how effective,how successful,study find,study say,study show,study found,studies say,studies show,paper find,paper found,paper say,research say,research show,research found,does it help,did it help,will it help,do they help,hold up," +
				"what research,research is being done,what did the study,how well does,how well do",
			topics: "effective,effectiveness,efficacy,legit,legitimate,true$,proof,proven,evidence,scientific,scientifically,science,myth,bs,bullshit,scam,placebo,backed by,debunked,snake oil,hoax,clinical trials,help with,helps with,work for,works for,cure anything",
			heads:  "finding findings evidence proof verdict result results outcome conclusion",
			wants:  cueEvidence, weaker: cueBenefit | cueDenial, hints: "effective proven unproven study showed evidence benefit efficacy",
		},
		{
			name:   "benefit",
			asked:  "any benefits,any benefit,what are the benefits,any good,what do i get out,what do you get out,why bother,good for you,do for me,do for you,is it beneficial,any upsides",
			topics: "benefit,benefits,beneficial,advantage,advantages,upside,upsides,pros,perks,good for,helpful",
			heads:  "benefit benefits advantage advantages upside upsides perks",
			wants:  cueBenefit, weaker: cuePurpose | cueEvidence, hints: "benefit benefits improve relieve helps reduce",
		},
	}
}

// healthKinds are those of consumer health questions that headings answer to.
func healthKinds() []kind {
	return []kind{
		{
			name:   "affected",
			asked:  "how many people are affected,how many people have,how many people get,how common,how rare,how prevalent,how widespread,who is at risk,who are at risk,who can get,who is affected,risk factors,what are the odds of getting",
			topics: "prevalence,more likely to get",
			heads:  "prevalence incidence",
			wants:  cueAffected, weaker: cueShare | cueNumber, hints: "affected prevalence incidence estimated common rare people worldwide risk factors newborns",
		},
		{
			name:   "heredity",
			asked:  "genetic changes,run in families,runs in families,passed down,passed on to,^is it inherited,^is it hereditary,^is it genetic",
			topics: "inherited,hereditary,genetic,genetically,inherit",
			heads:  "gene genes mutation mutations inheritance",
			wants:  cueHeredity, hints: "inherited gene genes mutation mutations chromosome autosomal dominant recessive inheritance genetic",
		},
		{
			name:   "outlook",
			asked:  "will it go away,does it go away,can you die from,can i die from,will i die,left untreated,long term effects,chances of survival,what is the outlook",
			topics: "prognosis,outlook,life expectancy,survival rate,survival rates,go away,goes away,get worse,gets worse,recover,recovery,curable,untreated",
			heads:  "prognosis outlook expectancy survival",
			wants:  cueOutlook, weaker: cueDuration | cueShare, hints: "outlook prognosis recover recovery survival expectancy outcome",
		},
		{
			name:   "complications",
			asked:  "what can it lead to,what does it lead to,what could it lead to",
			topics: "complications,complication",
			heads:  "complication complications",
			wants:  cueHarm, weaker: cueOutlook | cueReason, hints: "complication complications lead problems damage failure serious",
		},
		{
			name:   "prevention",
			asked:  "how to prevent,how do i prevent,how can i prevent,how do you prevent,avoid getting,protect myself,protect yourself,lower my risk,lower my chances,lower my chance,reduce my risk,lower your risk,lower your chance,keep from getting",
			topics: "prevent,prevented,prevention,preventing,preventable,vaccine,vaccines",
			wants:  cuePrevention, weaker: cueAdvice | cueStep, hints: "prevent prevention preventing vaccine avoid protect lower",
		},
		{
			name: "diagnosis",
			asked: "how to diagnose,how is it diagnosed,exams and tests,get tested,tests for,test for,tested for,how do they know if,how do i know if i have,how do you know if you have,how do you find out if,how can i tell if i have," +
				"how do doctors check,screened for",
			topics: "diagnose,diagnosed,diagnosis,diagnosing,detected,detect",
			heads:  "test tests diagnosis exam exams",
			wants:  cueTest, hints: "diagnosis diagnosed diagnose tests test exam screening detect",
		},
		{
			name:   "treatment",
			asked:  "how to treat,how do i treat,how do you treat,how is it treated,how to cure,is there a cure,get rid of,medicine for,medication for,drug for,drugs for,what can i take for,how do i fix,what helps,what do they give for,treatment for,treatments for,cure for,remedy for",
			topics: "treatments,treatment,treated,treat,treating,cure,cured,cures,therapy,therapies,remedy,remedies,antibiotics,antibiotic",
			heads:  "treatment treatments cure cures therapy therapies remedy remedies medication medications medicine medicines drug drugs",
			wants:  cueTreatment, hints: "treatment treatments treat treated therapy surgery drug medicine cure",
		},
		{
			name: "symptoms",
			asked: "signs of,sign of,warning signs,what does it feel like,what does it look like,how does it feel,how does it look,what should it feel like,how do i know if,how do i know,how do you know,how can i tell,how do i tell,how would i know," +
				"how will i know",
			topics: "symptoms,symptom,feel like,feels like,look like,looks like",
			heads:  "symptom symptoms sign signs",
			wants:  cueSymptom, weaker: cueTest | cueList, hints: "symptoms symptom signs sign pain swelling feel",
		},
		{
			name: "causes",
			asked: "what causes,what caused,what is causing,what was causing,what triggers,what makes you get,how do you get it,how do people get it,how do you catch,how did i get,what leads to,what led to,what brought about,what resulted in,where does it come from," +
				"cause of,causes of",
			topics: "can cause,does cause",
			heads:  "cause causes trigger triggers",
			wants:  cueReason, hints: "cause causes caused due result reason",
		},
	}
}
