package store

import (
	"time"

	"verbatim/internal/library"
)

// Golden returns the golden questions of guilds.
func (s *Store) Golden() library.Records[library.Golden] {
	return collection[library.Golden]{s, goldenTable()}
}

func goldenTable() table[library.Golden] {
	return table[library.Golden]{
		name: "golden", action: "golden", change: library.ChangedRecord,
		columns: []string{"question", "expect", "article", "revision", "start_at", "end_at", "tier", "actor", "at"},
		fields: func(v *library.Golden) []any {
			return []any{
				&v.Question, (*string)(&v.Expect), &v.Article, (*string)(&v.Revision), &v.Start, &v.End, &v.Tier, &v.By, instant{&v.At},
			}
		},
		at: func(v *library.Golden) *time.Time { return &v.At },
	}
}

// Bank returns the questions that guilds offer while a member types.
func (s *Store) Bank() library.Records[library.BankQuestion] {
	return collection[library.BankQuestion]{s, table[library.BankQuestion]{
		name: "bank", action: "bank", change: library.ChangedRecord,
		columns: []string{"question", "article", "actor", "at"},
		fields: func(v *library.BankQuestion) []any {
			return []any{&v.Question, &v.Article, &v.By, instant{&v.At}}
		},
		at: func(v *library.BankQuestion) *time.Time { return &v.At },
	}}
}

// Synonyms returns the synonyms of guilds.
func (s *Store) Synonyms() library.Records[library.Synonym] {
	return collection[library.Synonym]{s, synonymTable()}
}

func synonymTable() table[library.Synonym] {
	return table[library.Synonym]{
		name: "synonyms", action: "synonym", change: library.ChangedSynonym,
		columns: []string{"words", "related", "actor", "at"},
		fields: func(v *library.Synonym) []any {
			return []any{encoded[[]string]{&v.Words}, &v.Related, &v.By, instant{&v.At}}
		},
		at: func(v *library.Synonym) *time.Time { return &v.At },
	}
}

// Corrections returns what moderators corrected.
func (s *Store) Corrections() library.Records[library.Correction] {
	return collection[library.Correction]{s, table[library.Correction]{
		name: "corrections", action: "correction", change: library.ChangedRecord,
		columns: []string{"answer", "kind", "hash", "was_place", "right_place", "preference", "golden", "replaced", "actor", "at"},
		fields: func(v *library.Correction) []any {
			return []any{
				&v.Answer, (*string)(&v.Kind), &v.Hash,
				optional[library.Place]{&v.Was},
				optional[library.Place]{&v.Right},
				&v.Preference, &v.Golden,
				optional[library.Replaced]{&v.Replaced},
				&v.By,
				instant{&v.At},
			}
		},
		at: func(v *library.Correction) *time.Time { return &v.At },
	}}
}

// Preferences returns the passages that guilds prefer.
func (s *Store) Preferences() library.Records[library.Preference] {
	return collection[library.Preference]{s, preferenceTable()}
}

func preferenceTable() table[library.Preference] {
	return table[library.Preference]{
		name: "preferences", action: "preference", change: library.ChangedPreference,
		columns: []string{"question", "article", "revision", "start_at", "end_at", "actor", "at"},
		fields: func(v *library.Preference) []any {
			return []any{&v.Question, &v.Article, (*string)(&v.Revision), &v.Start, &v.End, &v.By, instant{&v.At}}
		},
		at: func(v *library.Preference) *time.Time { return &v.At },
	}
}

// Drafts returns the articles that are not published yet, at most
// library.MaxDrafts a guild.
func (s *Store) Drafts() library.Records[library.Draft] {
	return collection[library.Draft]{s, table[library.Draft]{
		name: "drafts", action: "draft", change: library.ChangedRecord,
		columns: []string{"title", "source", "base", "actor", "at"},
		fields: func(v *library.Draft) []any {
			return []any{&v.Title, &v.Source, &v.Base, &v.By, instant{&v.At}}
		},
		at:   func(v *library.Draft) *time.Time { return &v.At },
		most: library.MaxDrafts, instead: "publish or delete one of them first",
	}}
}

// Watches returns the web pages that are looked at for changes.
func (s *Store) Watches() library.Records[library.Watch] {
	return collection[library.Watch]{s, table[library.Watch]{
		name: "watches", action: "watch", change: library.ChangedRecord,
		columns: []string{"url", "article", "page", "every", "checked", "actor", "at"},
		fields: func(v *library.Watch) []any {
			return []any{&v.URL, &v.Article, &v.Page, span{&v.Every}, instant{&v.Checked}, &v.By, instant{&v.At}}
		},
		at: func(v *library.Watch) *time.Time { return &v.At },
	}}
}

// Proposals returns the changes of safety data that wait for a second moderator.
func (s *Store) Proposals() library.Records[library.Proposal] {
	return collection[library.Proposal]{s, table[library.Proposal]{
		name: "proposals", action: "proposal", change: library.ChangedRecord,
		columns: []string{"kind", "topic", "body", "state", "actor", "decided_by", "at"},
		fields: func(v *library.Proposal) []any {
			return []any{(*string)(&v.Kind), &v.Topic, &v.Body, (*string)(&v.State), &v.By, &v.DecidedBy, instant{&v.At}}
		},
		at: func(v *library.Proposal) *time.Time { return &v.At },
	}}
}
