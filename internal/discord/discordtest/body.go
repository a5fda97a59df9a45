package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf16"
)

// Message flags.
const (
	flagSuppressEmbeds        = 1 << 2
	flagHasThread             = 1 << 5
	flagEphemeral             = 1 << 6
	flagLoading               = 1 << 7
	flagSuppressNotifications = 1 << 12
	flagComponentsV2          = 1 << 15
)

// body is what a bot sends to create or edit a message, with every field that
// Discord documents. Those that are not looked into are kept raw.
type body struct {
	Content     *string         `json:"content"`
	Nonce       any             `json:"nonce"`
	Enforce     bool            `json:"enforce_nonce"`
	TTS         bool            `json:"tts"`
	Embeds      []Embed         `json:"embeds"`
	Mentions    *allowed        `json:"allowed_mentions"`
	Reference   *Reference      `json:"message_reference"`
	Components  []Component     `json:"components"`
	Stickers    []string        `json:"sticker_ids"`
	Attachments []attached      `json:"attachments"`
	Flags       *int            `json:"flags"`
	Poll        json.RawMessage `json:"poll"`

	files map[string]*Attachment // by their number
	patch bool                   // it edits, and the message knows its own flags
}

// Reference points at the message that a message replies to.
type Reference struct {
	Type      int    `json:"type,omitempty"`
	MessageID string `json:"message_id,omitempty"`
	ChannelID string `json:"channel_id,omitempty"`
	GuildID   string `json:"guild_id,omitempty"`
	MustExist *bool  `json:"fail_if_not_exists,omitempty"`
}

// Embed is an embed as it was sent.
type Embed struct {
	Type        string  `json:"type,omitempty"`
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	URL         string  `json:"url,omitempty"`
	Timestamp   string  `json:"timestamp,omitempty"`
	Color       int     `json:"color,omitempty"`
	Footer      *Footer `json:"footer,omitempty"`
	Author      *Author `json:"author,omitempty"`
	Fields      []Field `json:"fields,omitempty"`
	Image       *Media  `json:"image,omitempty"`
	Thumbnail   *Media  `json:"thumbnail,omitempty"`
}

// Media is a picture in an embed.
type Media struct {
	URL string `json:"url"`
}

// Footer is the small print of an embed.
type Footer struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// Author is the line above the title of an embed.
type Author struct {
	Name    string `json:"name"`
	URL     string `json:"url,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// Field is a name and a value in an embed.
type Field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

func (b *body) validate() (fieldErrors, []string) {
	problems := fieldErrors{}
	b.limits("", problems)
	return problems, b.loud()
}

// limits holds a message against Discord's documented limits.
// Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
func (b *body) limits(at string, problems fieldErrors) {
	if b.Content != nil {
		atMost(problems, at+"content", *b.Content, 2000)
	}
	if len(b.Embeds) > 10 {
		problems.add(at+"embeds", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 10 in length.")
	}
	total := 0
	for i, e := range b.Embeds {
		e.limits(fmt.Sprintf("%sembeds.%d.", at, i), problems)
		total += e.length()
	}
	if total > 6000 {
		problems.add(at+"embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
	}
	if n, ok := b.Nonce.(string); ok {
		atMost(problems, at+"nonce", n, 25)
	}
	v2 := b.Flags != nil && *b.Flags&flagComponentsV2 != 0
	if v2 && (b.Content != nil && *b.Content != "" || len(b.Embeds) > 0 || len(b.Stickers) > 0 || len(b.Poll) > 0) {
		problems.add(at+"flags", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "content, embeds, stickers and polls cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	componentLimits(at, b.Components, v2 || b.patch, problems)
	b.Mentions.limits(at+"allowed_mentions.", problems)
	b.fileLimits(at, problems)
}

func (e Embed) limits(at string, problems fieldErrors) {
	atMost(problems, at+"title", e.Title, 256)
	atMost(problems, at+"description", e.Description, 4096)
	if len(e.Fields) > 25 {
		problems.add(at+"fields", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 25 in length.")
	}
	for i, f := range e.Fields {
		filled(problems, fmt.Sprintf("%sfields.%d.name", at, i), f.Name, 256)
		filled(problems, fmt.Sprintf("%sfields.%d.value", at, i), f.Value, 1024)
	}
	if e.Footer != nil {
		filled(problems, at+"footer.text", e.Footer.Text, 2048)
	}
	if e.Author != nil {
		filled(problems, at+"author.name", e.Author.Name, 256)
	}
	if e.Color < 0 || e.Color > 0xFFFFFF {
		problems.add(at+"color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.")
	}
	if e.Timestamp != "" {
		if _, err := time.Parse(time.RFC3339, e.Timestamp); err != nil {
			problems.add(at+"timestamp", "DATE_TIME_TYPE_PARSE", "Could not parse %s.", e.Timestamp)
		}
	}
	wellFormed(problems, at+"url", e.URL)
	for name, media := range map[string]*Media{"image": e.Image, "thumbnail": e.Thumbnail} {
		if media != nil && !strings.HasPrefix(media.URL, "attachment://") {
			filled(problems, at+name+".url", media.URL, 2048)
			wellFormed(problems, at+name+".url", media.URL)
		}
	}
	if e.length() == 0 && len(e.Fields) == 0 && e.Image == nil && e.Thumbnail == nil {
		problems.add(strings.TrimSuffix(at, "."), "BASE_TYPE_REQUIRED", "This field is required")
	}
}

// length is what counts towards the 6000 characters of a message.
func (e Embed) length() int {
	n := units(e.Title) + units(e.Description)
	if e.Footer != nil {
		n += units(e.Footer.Text)
	}
	if e.Author != nil {
		n += units(e.Author.Name)
	}
	for _, f := range e.Fields {
		n += units(f.Name) + units(f.Value)
	}
	return n
}

func (b *body) empty() bool {
	return (b.Content == nil || strings.TrimSpace(*b.Content) == "") && len(b.Embeds) == 0 &&
		len(b.Components) == 0 && len(b.Stickers) == 0 && len(b.Attachments) == 0 && len(b.files) == 0 && len(b.Poll) == 0
}

// wellFormed refuses an address that is not one of the web. None at all is fine.
func wellFormed(problems fieldErrors, path, address string) {
	if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		problems.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	}
}

func filled(problems fieldErrors, path, text string, limit int) {
	if strings.TrimSpace(text) == "" {
		problems.add(path, "BASE_TYPE_REQUIRED", "This field is required")
	}
	atMost(problems, path, text, limit)
}

func atMost(problems fieldErrors, path, text string, limit int) {
	if units(text) > limit {
		problems.add(path, "BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", limit)
	}
}

// units counts UTF-16 code units, the strictest reading of "characters".
func units(s string) int { return len(utf16.Encode([]rune(s))) }
