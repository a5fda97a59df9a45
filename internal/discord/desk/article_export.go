package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
)

// maxUpload is how much a message carries, with room for what is around a file.
// Source: https://discord.com/developers/docs/reference#uploading-files
const maxUpload = 10<<20 - 64<<10

// export gives out an article, or the whole library.
func (d *Desk) export(ctx context.Context, u Use) (Reply, error) {
	if u.Texts[optArticle] != "" {
		return d.exportArticle(ctx, u)
	}
	var archive bytes.Buffer
	err := d.Archives.Export(ctx, u.Guild, &archive, maxUpload)
	if errors.Is(err, article.ErrTooLarge) {
		return with(panel("Too large for Discord",
			"The library does not fit into a file of 10 MiB, which is all that Discord takes.",
			"Whoever runs the bot can write it to a file with this command:\n```\nverbatim library export --guild "+u.Guild+" library.zip\n```",
			"One article alone fits: /kb export with “article”.")), nil
	}
	if err != nil {
		return Reply{}, err
	}
	name := "library-" + d.today().String() + ".zip"
	m := panel("The whole library", fmt.Sprintf("%s holds your own articles with their history, and all that moderators keep beside them. It has %s.", render.Escape(name), sizeOf(int64(archive.Len()))),
		"Nothing of what members asked or did is in it. /kb import puts it into a server.")
	return with(attached(m, name, archive.Bytes())), nil
}

func (d *Desk) exportArticle(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	r, err := d.Articles.Show(ctx, u.Guild, p.Article, "")
	if err != nil {
		return Reply{}, err
	}
	m := panel("Export of "+cut(titleOf(p), 100), "Its Markdown is attached as "+render.Escape(fileName(r))+".")
	return with(attached(m, fileName(r), []byte(r.Source))), nil
}
