package search

// factKinds ask for a fact: a date, a number, a name, a place, a reason, a way, a meaning.
func factKinds() []kind {
	return append(append(numberKinds(), nameKinds()...), wayKinds()...)
}

// numberKinds ask for a number or a date.
func numberKinds() []kind {
	return []kind{
		{
			name:   "frequency",
			asked:  "how often,how many times a,how many times per,how many times should,how many times can,how frequently,how regularly,how frequent",
			topics: "times a week,times a day,times per,every day,daily or",
			heads:  "frequency",
			wants:  cueFrequency, hints: "daily weekly times often", strict: true,
		},
		{
			name: "duration",
			asked: "how long,how old,how many minutes,how many hours,how many days,how many weeks,how many months,how many years,how much time,how quickly,how soon,how fast,for how many,amount of time,length of time," +
				"how many mins,how many secs,how many seconds",
			heads: "duration age ages lifespan period",
			wants: cueDuration, weaker: cueNumber | cueYear | cueDate, hints: "minute hour day week month year", strict: true,
		},
		{
			name:  "distance",
			asked: "how deep,how far,how high,how tall,how wide,how thick,how close,how near",
			heads: "depth height width length distance altitude elevation",
			wants: cueMeasure, weaker: cueNumber, hints: "inch inches depth deep centimeter feet distance", strict: true,
		},
		{
			name:   "size",
			asked:  "how big,how large,how small,how heavy,how huge,how tiny,what size,how much does it weigh",
			topics: "weigh",
			heads:  "size weight diameter volume dimensions",
			wants:  cueMeasure, weaker: cueNumber | cueComparison, hints: "size sized big large small tiny inch centimeter",
		},
		{
			name:  "share",
			asked: "how many percent,what percent,percentage of",
			heads: "percent percentage proportion fraction share rate rates ratio odds chance chances probability likelihood",
			wants: cueShare, weaker: cueNumber, hints: "percent percentage rate", strict: true,
		},
		{
			name:   "cost",
			asked:  "how much does it cost,how much is it,how much did it cost,what does it cost,how expensive",
			topics: "cost,costs,price",
			heads:  "cost price fee",
			wants:  cueMeasure, weaker: cueNumber, hints: "cost price", strict: true,
		},
		{
			name:  "quantity",
			asked: "how many,how much",
			heads: "number amount quantity population total dose dosage temperature speed concentration range average score",
			wants: cueNumber, weaker: cueMeasure | cueShare, strict: true,
		},
		{
			name:  "when",
			asked: "^when is,^when was,^when were,^when did,^when does,^when do,^when should,^when can,^when will,^when would,^when has,^when have,^when to,when$,since when,what day,which day,what time,which time,before or after what,last updated,what year,which year,how recent,how recently,time of day",
			heads: "year years date month century decade era",
			forms: "^when",
			wants: cueYear | cueDate, weaker: cueMoment | cueDuration, hints: "year date", strict: true,
		},
	}
}

// nameKinds ask for somebody, somewhere or something with a name.
func nameKinds() []kind {
	return []kind{
		{
			name:  "person",
			asked: "real name,first name,last name,full name",
			classes: "king queen emperor ruler leader president minister prince duke noble nobleman scientist inventor philosopher theologian historian poet writer author " +
				"architect explorer commander general admiral governor politician priest bishop pope saint founder brother sister son daughter father mother wife husband nephew man woman khan chief successor monarch composer painter singer actor artist director mathematician physicist chemist chancellor character knight",
			wants: cueName, weaker: cueRole, beyond: true,
		},
		{
			name:    "who",
			asked:   "^who,^whom,^whose,who$,whom$,by who,by whom,to who,to whom,with who,with whom,from whom,for whom",
			classes: "doctor doctors specialist specialists person people persons professional professionals expert experts physician therapist group groups team tribe tribes troops",
			wants:   cueName | cueRole, weaker: cueOrganisation, hints: "perform by doctor person partner", beyond: true,
		},
		{
			name:  "place",
			heads: "capital",
			classes: "country countrys countries city cities town towns village river state states region regions continent island islands capital " +
				"county province mountain mountains ocean sea lake district port colony colonies nation nations kingdom valley territory area areas",
			wants: cuePlaceName, weaker: cueName | cueLocation,
		},
		{
			name:    "where",
			asked:   "^where,where$,where at,which way,what way,what direction,which direction,which side,what side,which part of the body,to where,from where,where is it",
			topics:  "located,location,situated",
			heads:   "location direction position",
			classes: "location place places direction side hole organ spot building",
			wants:   cueLocation | cuePlaceName, weaker: cueName, hints: "located location situated base near found",
		},
		{
			name:    "named",
			asked:   "^name a,^name the,^name one,^name of,name of,what is it called,called what,called$,known as what,stand for,stands for,another name,other name,^what do you call,nickname,nick name",
			heads:   "name names title headline acronym nickname",
			classes: "company companies party parties religion religions language languages dynasty war battle battles treaty theory network system policy law act book books document department agency church style virus viruses empire coalition",
			wants:   cueName, weaker: cueDefinition | cueOrganisation | cueList, hints: "called named known",
		},
	}
}

const definition = "definition"

// wayKinds ask for reasons, ways, meanings and choices.
func wayKinds() []kind {
	return []kind{
		{
			name:   "why",
			asked:  "^why,why$,how come,what for,for what reason,what is the point,point of,how so,for what purpose",
			topics: "reason for,purpose of",
			heads:  "purpose purposes reason reasons goal goals aim motivation point motive",
			wants:  cueReason | cuePurpose, weaker: cueBenefit, hints: "purpose reason because",
		},
		{
			name:    "use",
			asked:   "used for,what is it for,good for what,uses of,uses for,what is the use,job of,function of,role of,what does it do,what do they do",
			heads:   "function functions job role roles use uses",
			classes: "function role",
			wants:   cuePurpose | cueBenefit, weaker: cueReason | cueDefinition, hints: "function role used purpose helps",
		},
		{
			name:   "how",
			asked:  "^how do i,^how do you,^how do we,how to,^how should,^how can i,^how can you,^how would i,^how does one,^how i,^how you,what do i do,what to do,what do you do,what next,what first,do first,after that,and then what,then what,now what,step by step,instructions,walk me through,guide to",
			topics: "technique,procedure,best way,right way,proper way",
			forms:  "^how,how$",
			heads:  "method methods technique techniques procedure way ways step steps",
			wants:  cueStep, weaker: cueAdvice | cuePurpose | cueReason,
		},
		{
			name:   "choice",
			asked:  "which is better,what is better,which is best,difference between,differences between",
			topics: "versus,instead of,better than,rather than,prefer,or",
			wants:  cueComparison, weaker: cueAdvice | cueStep | cueDenial,
		},
		{
			name:    "list",
			asked:   "types of,kinds of,what types,what kinds,examples of,^list,which ones",
			forms:   "what are the+,what are some,^which are,^what were the+",
			heads:   "types kinds examples options factors components ingredients features characteristics criteria",
			classes: "things factors issues conditions methods features components",
			wants:   cueList, weaker: cueDefinition | cueComparison, hints: "include including such types",
		},
		{
			name:   definition,
			asked:  "meaning of,definition of,^define,what does it mean,what does that mean,what does this mean,what is meant by,what do you mean,mean$,mean here$,explain what",
			topics: "meaning$,definition$",
			wants:  cueDefinition,
		},
		{
			name:  yesNo,
			forms: "^is,^are,^was,^were,^do you,^do they,^do i,^do we,^do the,^do these,^do people,^do any,^do most,^do all,^do some,^do men,^do women,^do doctors,^does,^did,^can,^could,^will,^would,^has,^have,^had,^should,^am,^may,^must",
		},
	}
}
