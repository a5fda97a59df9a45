// Package memory is what the bot remembers of what goes on, for as long as its process
// runs: conversations ([Talks]), how much was asked ([Limiter]), which message answers
// which ([Replies]), which events were seen ([Recent]), and what is being said where
// nobody called the bot ([Lurking]).
//
// It is apart from the bot because each of these is a promise by itself, about time,
// order and room, that can be tested without a Discord. So it knows nothing of one: it
// is handed ids and texts, never an event, and says of a refusal which limit was
// reached, not in which words.
//
// Invariants:
//   - nothing of it reaches a disk or a log, and who took part in a conversation is
//     known by keyed MACs alone;
//   - everything is bounded: where there is no room, what is oldest is forgotten, and
//     of the counts of a [Limiter] all; what somebody works on or waits for is kept, as
//     it is bounded by how many do;
//   - the time comes from the clock handed to a constructor, or with a message; only
//     [Lurking.Settle] waits, and for as long as it is told;
//   - all exported types with methods are safe for concurrent use, and none calls back.
package memory
