package shelf

import "slices"

// LogGuilds lists the guilds that have a log channel, from memory.
func (s *Shelves) LogGuilds() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for id, g := range s.guilds {
		if g.settings != nil && g.settings.LogChannel != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
