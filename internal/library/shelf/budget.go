package shelf

// count adds an index to what the guilds' own indexes take, or takes it away with a
// sign of -1. One that was dropped goes with its last use, so it takes nobody's room
// among those that stay open. The caller holds mu.
func (s *Shelves) count(o *opened, sign int64) {
	s.bytes += sign * o.bytes
	if o.stays && !o.dropped {
		s.kept += sign * o.bytes
	}
	s.watch.dirty = true
}

// grow notes that an index that somebody holds on to takes more than it did.
func (s *Shelves) grow(o *opened, bytes int64) {
	s.mu.Lock()
	s.count(o, -1)
	o.bytes += bytes
	o.stays = o.bytes <= s.config.Memory
	s.count(o, 1)
	s.shrink(o.guild)
	s.mu.Unlock()
	s.watch.report()
}

// giveBack ends one use of an index. The caller holds mu.
func (s *Shelves) giveBack(o *opened) {
	o.uses--
	s.touch(o.guild)
	if o.dropped && o.uses == 0 {
		s.count(o, -1)
	}
	s.shrink(o.guild)
}

// shrink closes indexes until they take no more than they may: the one of the guild
// in hand if it never fits, then others that were asked least recently. What has
// answers in flight stays until they have ended, and then the others are looked at
// again. The caller holds mu.
func (s *Shelves) shrink(inHand *guild) {
	if o := inHand.open; o != nil && !o.stays && o.uses == 0 {
		s.shut(inHand)
	}
	for e := s.recent.Back(); e != nil && s.kept > s.config.Memory; {
		g := guildOf(e)
		e = e.Prev()
		if g != inHand && g.open.stays && g.open.uses == 0 {
			s.shut(g)
		}
	}
}

// shut closes a guild's index, if it is open. The caller holds mu.
func (s *Shelves) shut(g *guild) {
	if g.open == nil {
		return
	}
	s.drop(g)
	s.recent.Remove(g.place)
	g.place = nil
	s.watch.closed(g.id)
	s.happened()
}

// drop takes a guild's index from it. What it takes is reported until nobody uses it.
// The caller holds mu.
func (s *Shelves) drop(g *guild) {
	o := g.open
	if o == nil {
		return
	}
	s.count(o, -1)
	g.open, o.dropped = nil, true
	if o.uses > 0 {
		s.count(o, 1)
	}
}

// closeIdle closes the indexes that were not asked anything for long enough, and
// forgets the questions of guilds where nobody typed.
func (s *Shelves) closeIdle() {
	s.mu.Lock()
	now := s.config.Now()
	for e := s.recent.Back(); e != nil && now.Sub(guildOf(e).used) >= s.config.Idle; {
		g := guildOf(e)
		e = e.Prev()
		if g.open.uses == 0 {
			s.shut(g)
		}
	}
	s.mu.Unlock()
	s.banks.dropIdle(now, s.config.Idle)
	s.watch.report()
}
