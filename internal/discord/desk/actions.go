package desk

// Action is what a component or a form of the moderators' does. Their values stand in
// messages of Discord for long, so none is ever given another meaning. Capital letters
// are about articles, small ones about answers and numbers, digits and signs about
// settings and safety; each is declared beside what it does.
type Action byte
