/* nianbao extract: the report that is attached to a PDF of ours. */
#include "cli/judge.h"
#include "cli/reach.h"

#include "base/file.h"
#include "base/module.h"
#include "cli/ending.h"
#include "diag/print.h"
#include "paint/extract.h"

static int extract(const char *path, const char *output, struct diags *diags)
{
	struct bytes yaml;
	const char *why = "";
	const struct extract_part *part =
		module_find(diags->arena, "extract", "extract_part", &why);
	if (!part) {
		diag_blame_environment(diags, diag_add(diags, OUTPUT_PART, NOWHERE, why, NULL));
		return EXIT_ENVIRONMENT;
	}
	if (!part->source(diags->arena, path, &yaml, diags))
		return diags_exit_code(diags, false);
	int failure = file_write(output, yaml);
	if (!failure)
		return EXIT_PASSED;
	diag_unwritten(diags, output, failure);
	return EXIT_ENVIRONMENT;
}

int cmd_extract(struct options *options, int argc, char **argv)
{
	const char *output = "-";
	const struct option own[] = {{"output", 'o', NULL, &output, "FILE", ABOUT_EXTRACT_OUTPUT}};
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code != OPTIONS_READ)
		return code;
	if (argc != 2)
		return options_refuse(options, USAGE_ONE_PDF, NULL);
	if (file_is(output, argv[1]))
		return options_refuse(options, USAGE_SAME_FILE, output, NULL);
	struct reach *reach = reach_new(options);
	reach_part(reach, "extract");
	reach_file(reach, argv[1]);
	reach_output(reach, output);
	reach_close(reach);
	struct diags *diags = diags_new(options->arena, options->language);
	ending_names(argv[1]);
	code = extract(argv[1], output, diags);
	judge_print(options, &(struct verdict){.path = argv[1], .diags = diags});
	return code;
}
