/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer: what a user may say, as bytes. tests/fuzz runs it for a moment; for longer:
 *   tests/fuzz options -max_total_time=3600 CORPUS
 *
 * The input: a byte of flags, the middleware arguments, then strings that NULs end: the
 * target, and names and values by turns.
 */
#include "error.h"
#include "options.h"

#include <string.h>

#define MAX_ARGS 32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	HAS_TARGET = 1 << 0,
	HAS_MIDDLEWARE = 1 << 1,
};

typedef struct {
	struct mf_connector_args args;
	/* Twice, so that all can be said again. */
	struct mf_arg extra[2 * MAX_ARGS];
} Input;

/* A copy of its own size, so that ASan sees what is read past it. */
static char *take_string(const uint8_t **data, size_t *size)
{
	const size_t length = strnlen((const char *)*data, *size);
	char *string = g_strndup((const char *)*data, length);
	const size_t taken = MIN(length + 1, *size);

	*data += taken;
	*size -= taken;
	return string;
}

static uint8_t take_byte(const uint8_t **data, size_t *size)
{
	if (*size == 0)
		return 0;
	--*size;
	return *(*data)++;
}

static void take_middleware(Input *input, const uint8_t **data, size_t *size)
{
	const uint8_t flags = take_byte(data, size);

	input->args.middleware = (struct mf_middleware_args){
		.cache = { flags & 1, (flags & 2) != 0 },
		.cache_size = (flags & 4) ? take_byte(data, size) : 0,
		.cache_validity_time = (flags & 8) ? take_byte(data, size) : 0,
		.cache_page_size = (flags & 16) ? take_byte(data, size) : 0,
		.delay = (flags & 32) ? take_byte(data, size) : 0,
		.metrics = (flags & 64) != 0,
	};
}

static void input_fill(Input *input, const uint8_t *data, size_t size)
{
	const uint8_t flags = take_byte(&data, &size);

	if (flags & HAS_MIDDLEWARE)
		take_middleware(input, &data, &size);
	if (flags & HAS_TARGET)
		input->args.target = take_string(&data, &size);
	input->args.extra.data = input->extra;
	while (size && input->args.extra.len < MAX_ARGS) {
		struct mf_arg *arg = &input->extra[input->args.extra.len++];

		arg->key = take_string(&data, &size);
		arg->value = take_string(&data, &size);
	}
	memcpy(input->extra + input->args.extra.len, input->extra,
	       input->args.extra.len * sizeof(*input->extra));
}

static void input_clear(Input *input)
{
	g_free(input->args.target);
	for (size_t i = 0; i < input->args.extra.len; i++) {
		g_free(input->extra[i].key);
		g_free(input->extra[i].value);
	}
}

/* What no host may ever see. */
static void check_error(const GError *error)
{
	g_assert_nonnull(error);
	g_assert_true(error->domain == MFC_ERROR || error->domain == MFL_ERROR);
	g_assert_cmpint(mfc_error_to_memflow(error), <, MF_PARTIAL_WRITE);
	g_assert_true(*error->message && g_utf8_validate(error->message, -1, NULL));
}

static gboolean is_known(const char *name)
{
	static const char *const names[] = { "name", "uuid",	"id",	    "default",
					     "uri",  "backend", "readonly", NULL };

	return g_strv_contains(names, name);
}

/* Something that was said. */
static gboolean is_from(const char *part, const char *whole)
{
	return whole && g_str_has_suffix(whole, part);
}

static void check_options(const MfcOptions *options, const Input *input)
{
	const struct mf_middleware_args *middleware = &input->args.middleware;
	gboolean found = !options->domain || is_from(options->domain, input->args.target);

	g_assert_true(!input->args.target || g_utf8_validate(input->args.target, -1, NULL));
	for (size_t i = 0; i < input->args.extra.len; i++) {
		g_assert_true(is_known(input->extra[i].key));
		g_assert_true(g_utf8_validate(input->extra[i].value, -1, NULL));
		found |= options->domain && is_from(options->domain, input->extra[i].value);
	}
	g_assert_true(found);
	g_assert_true(!options->domain || *options->domain);
	g_assert_true(!options->domain || options->key == MFL_KEY_NAME ||
		      options->key == MFL_KEY_UUID || options->key == MFL_KEY_ID ||
		      options->key == MFL_KEY_ANY);
	g_assert_true(options->backend >= MFL_BACKEND_AUTO &&
		      options->backend <= MFL_BACKEND_PROCMEM);
	g_assert_true(options->flags == MFL_OPEN_DEFAULT || options->flags == MFL_OPEN_READONLY ||
		      options->flags == MFL_OPEN_READ_WRITE);
	g_assert_false(middleware->cache.some && middleware->cache.value);
	g_assert_cmpuint(middleware->cache_size, ==, 0);
	g_assert_cmpuint(middleware->cache_validity_time, ==, 0);
	g_assert_cmpuint(middleware->cache_page_size, ==, 0);
	g_assert_cmpuint(options->delay, ==, middleware->delay);
	g_assert_true(options->metrics == (gboolean)middleware->metrics);
}

static void check_same(const MfcOptions *a, const MfcOptions *b)
{
	g_assert_cmpstr(a->domain, ==, b->domain);
	g_assert_cmpstr(a->uri, ==, b->uri);
	g_assert_true(a->key == b->key && a->backend == b->backend && a->flags == b->flags &&
		      a->delay == b->delay && a->metrics == b->metrics);
}

static void parse(Input *input)
{
	g_auto(MfcOptions) options = { 0 };
	g_auto(MfcOptions) again = { 0 };
	g_autoptr(GError) error = NULL;

	if (!mfc_options_parse(&options, &input->args, &error)) {
		check_error(error);
		return;
	}
	g_assert_no_error(error);
	check_options(&options, input);
	/* Who says all of it twice says the same. */
	input->args.extra.len *= 2;
	g_assert_true(mfc_options_parse(&again, &input->args, &error));
	input->args.extra.len /= 2;
	check_same(&options, &again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Input input = { 0 };

	input_fill(&input, data, size);
	parse(&input);
	input_clear(&input);
	return 0;
}
