/* SPDX-License-Identifier: MIT */
/* Log records to the memflow host. */
#include "log.h"

#include <string.h>

#define TARGET "memflow_libvirt"

/*
 * The one piece of process-wide state: memflow announces a changed level by a
 * function without a context (PluginLogger::on_level_change()).
 */
static size_t max_level = MF_LOG_TRACE;

static void set_max_level(size_t level)
{
	__atomic_store_n(&max_level, level, __ATOMIC_RELAXED);
}

void mfc_log_init(struct mf_logger *logger)
{
	if (!logger)
		return;
	set_max_level(logger->max_level);
	__atomic_store_n(&logger->on_level_change, set_max_level, __ATOMIC_SEQ_CST);
}

static struct mf_slice slice(const char *text)
{
	return (struct mf_slice){ .data = (const uint8_t *)text, .len = strlen(text) };
}

static int32_t write_text(const void *const *container, struct mf_writer *out)
{
	return out->vtbl->write_str(&out->container, slice(*container));
}

static const struct mf_display_vtbl display_text = { .fmt = write_text };

void mfc_log(struct mf_logger *logger, size_t level, const char *format, ...)
{
	const struct mf_log_metadata metadata = { .level = level, .target = slice(TARGET) };
	g_autofree char *text = NULL;
	va_list arguments;

	if (logger ? level > __atomic_load_n(&max_level, __ATOMIC_RELAXED) ||
			     !logger->enabled(&metadata) :
		     level > MF_LOG_WARN)
		return;
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (logger) {
		const struct mf_log_record record = {
			.metadata = metadata,
			.message = { .vtbl = &display_text, .container = text },
		};

		logger->log(&record);
	} else {
		g_message("%s", text);
	}
}

void mfc_log_error(struct mf_logger *logger, size_t level, const GError *error)
{
	const char *text = error->message;

	mfc_log(logger, level, "%c%s%s", g_ascii_toupper(*text), *text ? text + 1 : "",
		g_str_has_suffix(text, ".") ? "" : ".");
}
