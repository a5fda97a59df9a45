package discord

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
)

// visit is one use of a command, a component or a modal. All that is shown in reply
// to it, but for an answer, is seen by the member alone.
type visit struct {
	asked

	b      *Bot
	ticket api.Ticket
	event  *interactionEvent
	token  token // of the component or the modal
	words  *locale.Words
	said   *atomic.Bool // its callback was sent, or is about to be
}

func (b *Bot) newVisit(sh *shard, i *interactionEvent) visit {
	q := b.askedByInteraction(sh, i)
	return visit{
		asked: q, b: b, ticket: api.Ticket{ID: i.ID, Token: i.Token}, event: i,
		words: b.words.For(i.Locale, q.settings.Language), said: new(atomic.Bool),
	}
}

// attend does what a visit is for. Should that panic before there is a callback, the
// member is told that something went wrong.
func (v visit) attend(ctx context.Context, handle func(context.Context, visit)) {
	done := false
	defer func() {
		if !done && !v.said.Load() {
			v.tell(ctx, locale.FailureBroken)
		}
	}()
	handle(ctx, v)
	done = true
}

// renderer renders in the member's own language.
func (v visit) renderer() *render.Renderer { return render.New(v.words) }

// inPrivate reports whether the component that was used stands in a message that
// only the member sees.
func (v visit) inPrivate() bool {
	return v.event.Message != nil && v.event.Message.Flags&flagEphemeral != 0
}

// flagEphemeral marks a message that one member sees.
// Source: https://discord.com/developers/docs/resources/message#message-object-message-flags
const flagEphemeral = 1 << 6

// show sends a message as the callback, in private: in the place of the one whose
// component was used if that was private as well.
func (v visit) show(ctx context.Context, m api.Message) {
	ctx, cancel := v.callback(ctx)
	defer cancel()
	m.Ephemeral = true
	var err error
	if v.inPrivate() {
		err = v.b.rest.Replace(ctx, v.ticket, m)
	} else {
		_, err = v.b.rest.Respond(ctx, v.ticket, m)
	}
	v.log("a private reply", err)
}

// beside sends a message as the callback, in private, and leaves the one whose
// component was used as it is.
func (v visit) beside(ctx context.Context, m api.Message) {
	ctx, cancel := v.callback(ctx)
	defer cancel()
	m.Ephemeral = true
	_, err := v.b.rest.Respond(ctx, v.ticket, m)
	v.log("a private reply", err)
}

// callback bounds a context by the time for the callback, which is sent with it.
func (v visit) callback(ctx context.Context) (context.Context, context.CancelFunc) {
	v.said.Store(true)
	ctx, cancel := sending(ctx)
	within, cancelWithin := context.WithDeadline(ctx, v.received.Add(callbackWindow))
	return within, func() { cancelWithin(); cancel() }
}

func (v visit) log(what string, err error) {
	if err != nil {
		v.b.log.Error(what+" was not sent", "error", err)
		v.b.observe.Unsent(err)
	}
}

// tell sends one sentence in private.
func (v visit) tell(ctx context.Context, sentence locale.ID) {
	v.beside(ctx, api.Of(v.renderer().Sentence(sentence)))
}

// refuse says in private why something is not done, and when to try again.
func (v visit) refuse(ctx context.Context, why refusal) {
	v.beside(ctx, api.Of(v.renderer().Text(v.words.Say(why.notice, locale.Values{"Wait": v.words.Wait(why.Wait)}))))
}

// fail says in private that something could not be done.
func (v visit) fail(ctx context.Context, what string, err error) {
	v.failAs(ctx, locale.FailureBroken, what, err)
}

// unread says in private that something of the articles could not be read.
func (v visit) unread(ctx context.Context, what string, err error) {
	sentence := locale.FailureBroken
	if errors.Is(err, article.ErrUnavailable) {
		sentence = locale.ReasonUnavailable
	}
	v.failAs(ctx, sentence, what, err)
}

// failAs says in private that something failed: with the given sentence, or that it
// took too long.
func (v visit) failAs(ctx context.Context, sentence locale.ID, what string, err error) {
	v.b.log.Error(what, "error", err)
	if errors.Is(err, context.DeadlineExceeded) {
		sentence = locale.FailureLate
	}
	v.tell(ctx, sentence)
}

// keep does something that is kept, and says so.
func (v visit) keep(ctx context.Context, what func(context.Context) error, done locale.ID, rows ...render.Row) {
	if err := v.aside(ctx, what); err != nil {
		v.fail(ctx, "a member's wish could not be kept", err)
		return
	}
	m := v.renderer().Sentence(done)
	m.Rows = rows
	v.show(ctx, api.Of(m))
}

// portWait is how long after it was used a visit waits for ports: half of the time for
// the callback, so that a busy machine still gets to say that it took too long.
const portWait = 1500 * time.Millisecond

// aside calls a port, for as long as portWait allows.
func (v visit) aside(ctx context.Context, f func(context.Context) error) error {
	_, err := fetch(ctx, v, func(ctx context.Context) (struct{}, error) { return struct{}{}, f(ctx) })
	return err
}

// fetch is aside for a port that returns something.
func fetch[T any](ctx context.Context, v visit, get func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithDeadline(ctx, v.received.Add(portWait))
	defer cancel()
	return askAside(ctx, v.b, "port", get)
}

// kind says what may be shown where a member is. What cannot be found out in time
// counts as a general channel.
func (v visit) kind(ctx context.Context) answer.Channel {
	kind, _ := fetch(ctx, v, func(ctx context.Context) (answer.Channel, error) { return v.b.kindOf(ctx, v.asked), nil }) // the zero Channel is General
	return kind
}
