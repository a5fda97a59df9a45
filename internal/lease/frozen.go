package lease

import (
	"fmt"

	"verbatim/internal/article"
)

// ErrFrozen says that the table takes no writes from anybody: its disk is full, or
// read-only for every process. Nobody can take a lease over then, so whoever has
// one keeps it, and a lease that nobody has may be assumed (see [Keeper.Take]). A
// [Table] wraps it only when that holds for every process, and not when this
// process alone may not write. It is an article.ErrUnavailable.
var ErrFrozen = fmt.Errorf("%w: no lease can be written", article.ErrUnavailable)
