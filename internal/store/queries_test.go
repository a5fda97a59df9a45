package store

// PlannedQueries are those that must not look at every row, by what they are for.
func PlannedQueries() map[string]string {
	return map[string]string{
		"answer by id":        postedQuery + postedByID,
		"answer by message":   postedQuery + postedByMessage,
		"answer by question":  postedQuery + postedByQuestion,
		"answers that quote":  quotingQuery,
		"waiting propagation": waitingQuery,
		"asked by a member":   askedQuery + "$2, $3)",
		"votes of a member":   votedQuery + "$2, $3)",
		"opt-in of a member":  optedInQuery + "$2, $3)",
		"forget who asked":    forgetAsked + "$2, $3)",
		"forget votes":        forgetVoted + "$2, $3)",
		"forget an opt-in":    forgetOptedIn + "$2, $3)",
		"old counts":          oldCounts,
		"expired answers":     expiredAnswers,
		"missed questions":    oldMissed,
		"too many missed":     tooManyMissed,
		"unwanted pages":      unwantedPages,
		"oldest job":          oldestQuery(3, 2),
		"ended jobs":          endedJobs,
		"old changes":         oldChanges,
	}
}
