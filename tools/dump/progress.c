// SPDX-License-Identifier: MIT
#include "dump/progress.h"

#include <string.h>
#include <unistd.h>

#include "text.h"

/* Often enough to look alive, and seldom enough to cost nothing. */
#define INTERVAL (G_USEC_PER_SEC / 5)

struct _CtlProgress {
	FILE *out; /* NULL: nobody looks */
	const char *what;
	guint64 total;
	gint64 started;
	gint64 shown;
	size_t width; /* of what is on the line */
};

CtlProgress *ctl_progress_new(FILE *out)
{
	CtlProgress *progress = g_new0(CtlProgress, 1);

	progress->out = out && isatty(fileno(out)) ? out : NULL;
	return progress;
}

char *ctl_progress_format(const char *what, guint64 done, guint64 total, gint64 microseconds)
{
	g_autofree char *done_size = ctl_format_size(done);
	g_autofree char *total_size = ctl_format_size(total);
	g_autoptr(GString) line = g_string_new(what);
	const double seconds = (double)microseconds / G_USEC_PER_SEC;
	const double rate = seconds > 0 ? (double)done / seconds : 0;

	g_string_append_printf(line, " %3d %%  %s of %s",
			       total ? (int)((double)done / (double)total * 100) : 100, done_size,
			       total_size);
	if (rate > 0) {
		g_autofree char *rate_size = ctl_format_size((guint64)rate);
		const double exactly = (double)(total - done) / rate;
		guint64 left = (guint64)exactly;

		/* Rounded up, so that 0 is the end. */
		left += (double)left < exactly;
		g_string_append_printf(line, "  %s/s", rate_size);
		if (done < total)
			g_string_append_printf(line, "  %" G_GUINT64_FORMAT ":%02d left", left / 60,
					       (int)(left % 60));
	}
	return g_string_free(g_steal_pointer(&line), FALSE);
}

static void show(CtlProgress *progress, guint64 done, gint64 now)
{
	g_autofree char *line = ctl_progress_format(progress->what, done, progress->total,
						    now - progress->started);
	size_t width = strlen(line);

	/* Blanks over what is left of a longer line. */
	fprintf(progress->out, "\r%s%*s", line,
		progress->width > width ? (int)(progress->width - width) : 0, "");
	fflush(progress->out);
	progress->width = width;
	progress->shown = now;
}

void ctl_progress_begin(CtlProgress *progress, const char *what, guint64 total)
{
	progress->what = what;
	progress->total = total;
	progress->started = progress->shown = g_get_monotonic_time();
}

void ctl_progress_update(CtlProgress *progress, guint64 done)
{
	gint64 now;

	if (!progress->out)
		return;
	now = g_get_monotonic_time();
	if (now - progress->shown >= INTERVAL || done == progress->total)
		show(progress, done, now);
}

void ctl_progress_break(CtlProgress *progress)
{
	if (!progress->width)
		return;
	fputc('\n', progress->out);
	fflush(progress->out);
	progress->width = 0;
}

void ctl_progress_free(CtlProgress *progress)
{
	if (!progress)
		return;
	ctl_progress_break(progress);
	g_free(progress);
}
