package discord

import (
	"strconv"
	"time"
)

// discordEpoch is the moment from which Discord's ids count.
// Source: https://discord.com/developers/docs/reference#snowflakes
const discordEpoch = 1420070400000

// writtenAt returns when something got its id, a long time ago for what is no id.
func writtenAt(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + discordEpoch)
}
