package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"verbatim/internal/article"
)

// cdnHosts are where Discord keeps what members attach.
// Source: https://discord.com/developers/docs/reference#cdn-formatting
var cdnHosts = []string{"cdn.discordapp.com", "media.discordapp.net"}

// downloadTime is how long a download may take.
const downloadTime = 30 * time.Second

// Download returns a file that a member attached, of at most limit bytes. It is fetched
// from Discord's own hosts alone, without the bot's token. ErrTooLarge beyond the limit,
// ErrInvalid for an address elsewhere, ErrUnavailable when it cannot be had.
func (c *Client) Download(ctx context.Context, address string, limit int64) ([]byte, error) {
	if !c.keepsFiles(address) {
		return nil, fmt.Errorf("%w: the attachment is not kept by Discord; attach the file itself", article.ErrInvalid)
	}
	ctx, cancel := context.WithTimeout(ctx, downloadTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: the address of the attachment cannot be read", article.ErrInvalid)
	}
	req.Header.Set("User-Agent", userAgent)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.broken(request{method: http.MethodGet, route: "attachment"}, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: GET attachment: status %d", article.ErrUnavailable, resp.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return nil, c.broken(request{method: http.MethodGet, route: "attachment"}, err)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("%w: the file has more than %d bytes", article.ErrTooLarge, limit)
	}
	return data, nil
}

// keepsFiles reports whether an address is one of Discord's for attachments, or of the
// API that this client speaks to.
func (c *Client) keepsFiles(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	base, err := url.Parse(c.base)
	if err == nil && u.Scheme == base.Scheme && u.Host == base.Host {
		return true
	}
	return u.Scheme == "https" && slices.Contains(cdnHosts, u.Host)
}
