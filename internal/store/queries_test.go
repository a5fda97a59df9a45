package store

// PlannedQueries are those that must not look at every row, by what they are for.
func PlannedQueries() map[string]string {
	return map[string]string{
		"answer by id":       postedQuery + postedByID,
		"answer by message":  postedQuery + postedByMessage,
		"answer by question": postedQuery + postedByQuestion,
		"answers that quote": quotingQuery,
		"expired answers":    expiredAnswers,
		"missed questions":   oldMissed,
		"unwanted pages":     unwantedPages,
		"oldest job":         oldestQuery(3),
		"ended jobs":         endedJobs,
		"old changes":        oldChanges,
	}
}
