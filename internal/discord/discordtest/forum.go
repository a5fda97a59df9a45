package discordtest

// Forum adds a forum channel, whose posts are threads.
func (g *Guild) Forum(name string) *Channel { return g.add(&Channel{Name: name, forum: true}) }

// Post lets a member open a post in a forum, and returns it as a channel beside what
// becomes of its first message, which has the same id.
func (s *Server) Post(by *Member, in *Channel, title, text string) (*Channel, *Reply) {
	s.t.Helper()
	if !in.forum {
		s.t.Fatalf("%s cannot post in %s: it is not a forum", by.Name, in.Name)
	}
	post := in.guild.add(&Channel{Name: title, parent: in, owner: by})
	return post, s.say(&message{id: post.ID, channel: post, author: by, content: text})
}
