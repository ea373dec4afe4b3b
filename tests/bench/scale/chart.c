/* SPDX-License-Identifier: MIT */
#include "scale.h"

#include <stdio.h>
#include <string.h>

unsigned int rounds = 5;
bool instructions;

static struct curve *find_curve(struct chart *chart, const char *name, enum unit unit)
{
	for (unsigned int i = 0; i < chart->n_curves; i++)
		if (!strcmp(chart->curves[i].name, name))
			return &chart->curves[i];
	if (chart->n_curves == MAX_CURVES)
		die("more than %d curves in %s", MAX_CURVES, chart->title);
	chart->curves[chart->n_curves] = (struct curve){ .name = name, .unit = unit };
	return &chart->curves[chart->n_curves++];
}

void chart_set(struct chart *chart, const char *curve, enum unit unit, unsigned int point,
	       double value)
{
	struct curve *found = find_curve(chart, curve, unit);

	found->values[point] = value;
	found->known[point] = value >= 0;
}

static const char *unit_name(enum unit unit)
{
	if (unit == UNIT_TIME)
		return instructions ? ", thousands of instructions" : ", µs";
	return unit == UNIT_KIB ? ", KiB" : "";
}

static double in_unit(enum unit unit, double value)
{
	if (unit == UNIT_TIME)
		return value * 1e6;
	return unit == UNIT_KIB ? value / 1024 : value;
}

/* The value, and how many times that of the first point it is. */
static void print_cell(const struct curve *curve, unsigned int point)
{
	double value = curve->values[point];
	unsigned int first = 0;

	if (!curve->known[point]) {
		printf(" |");
		return;
	}
	printf(" %.*f", in_unit(curve->unit, value) < 100, in_unit(curve->unit, value));
	while (!curve->known[first])
		first++;
	if (point > first && curve->values[first] > 0)
		printf(" (%.*f)", value < 10 * curve->values[first], value / curve->values[first]);
	printf(" |");
}

void chart_print(const struct chart *chart)
{
	printf("\n### %s\n\n| %s |", chart->title, chart->of);
	for (unsigned int i = 0; i < chart->n_points; i++)
		printf(" %u |", chart->points[i]);
	printf("\n|---|");
	for (unsigned int i = 0; i < chart->n_points; i++)
		printf("--:|");
	putchar('\n');
	for (unsigned int i = 0; i < chart->n_curves; i++) {
		const struct curve *curve = &chart->curves[i];

		printf("| %s%s |", curve->name, unit_name(curve->unit));
		for (unsigned int point = 0; point < chart->n_points; point++)
			print_cell(curve, point);
		putchar('\n');
	}
	fflush(stdout);
}
