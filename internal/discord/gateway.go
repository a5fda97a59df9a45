package discord

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"verbatim/internal/article"
)

// intents are what the bot hears of: its guilds, and the messages that mention it
// or are written to it. It reads no other message.
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

var (
	errNoReady = fmt.Errorf("%w: the gateway did not greet in time", article.ErrUnavailable)
	errLost    = fmt.Errorf("%w: the gateway connection ended", article.ErrUnavailable)
)

// link is one gateway connection: a discordgo session with a handle on its socket,
// so that it ends when we say so.
type link struct {
	shard   *shard
	session *discordgo.Session
	ready   chan struct{} // closed at READY
	lost    chan struct{} // closed when the session says that it is disconnected
	silence time.Duration

	mu   sync.Mutex
	conn net.Conn
	cut  bool
}

// connect opens a session of a shard and holds it until it ends or ctx is done. What
// can be done before the gate is, so that little time passes from there to Identify.
func (b *Bot) connect(ctx context.Context, sh *shard) error {
	address, err := b.rest.gateway(ctx)
	if err != nil {
		return refusedToken(err)
	}
	l, err := b.newLink(ctx, sh, address)
	if err != nil {
		return err
	}
	if err := b.gate.pass(ctx, sh.id%b.gateway.Limit.Concurrency); err != nil {
		return err
	}
	if err := l.open(ctx, b.timing.Connect); err != nil {
		return gatewayError(err)
	}
	b.log.Info("connected to Discord", "shard", sh.id)
	sh.connected.Store(true)
	defer sh.connected.Store(false)
	select {
	case <-l.lost:
		return errLost
	case <-ctx.Done():
		l.close()
		return ctx.Err()
	}
}

// newLink prepares a session that does nothing by itself.
func (b *Bot) newLink(ctx context.Context, sh *shard, address string) (*link, error) {
	session, err := discordgo.New("Bot " + b.token)
	if err != nil {
		return nil, err
	}
	l := &link{shard: sh, session: session, ready: make(chan struct{}), lost: make(chan struct{}), silence: b.timing.Silence}
	session.LogLevel = -1 // its debug output holds the token
	session.ShouldReconnectOnError = false
	session.ShouldReconnectVoiceOnSessionError = false
	session.ShouldRetryOnRateLimit = false
	session.MaxRestRetries = 0
	session.StateEnabled = false
	session.SyncEvents = true // ours only hand over to workers
	session.Identify.Intents = intents
	session.ShardID, session.ShardCount = sh.id, b.gateway.Shards
	session.UserAgent = userAgent
	session.Client = &http.Client{Timeout: b.timing.Request, Transport: knownGateway(address)}
	session.Dialer = &websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: b.timing.Connect,
		NetDialContext: func(_ context.Context, network, address string) (net.Conn, error) {
			return l.dial(ctx, network, address)
		},
	}
	b.listen(l)
	return l, nil
}

// open connects and waits for READY. discordgo's own Open takes no context and
// can wait for ever, so it runs aside and its socket is closed when time is up.
func (l *link) open(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errNoReady)
	defer cancel()
	opened := make(chan error, 1)
	go func() { opened <- l.session.Open() }()
	select {
	case err := <-opened:
		if err != nil {
			l.sever()
			return err
		}
	case <-ctx.Done():
		l.sever()
		l.abandon(opened)
		return context.Cause(ctx)
	}
	select {
	case <-l.ready:
		return nil
	case <-l.lost:
		return errLost
	case <-ctx.Done():
		l.close()
		return context.Cause(ctx)
	}
}

// closing is how long discordgo may take to close a session; it sleeps for a
// second in doing so.
const closing = 1500 * time.Millisecond

// abandon waits for an Open whose socket is closed to return, and closes what it
// may have opened all the same.
func (l *link) abandon(opened <-chan error) {
	select {
	case err := <-opened:
		if err == nil {
			l.close()
		}
	case <-time.After(closing):
	}
}

// close leaves the gateway with code 1000.
func (l *link) close() {
	closed := make(chan struct{})
	go func() { _ = l.session.Close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(closing):
	}
	l.sever()
}

// sever closes the socket, and every one that is dialled later.
func (l *link) sever() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	if l.conn != nil {
		_ = l.conn.Close()
	}
}

func (l *link) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	l.conn = conn
	return &watchedConn{conn, l.silence}, nil
}
