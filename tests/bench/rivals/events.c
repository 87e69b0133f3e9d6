/* events FILE... — libyaml's own event loop over each file and nothing else: the most that any
 * reader built on it can do. @LIST names a file a line. */
#include <stdio.h>
#include <string.h>
#include <yaml.h>

static long events_of(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return -1;
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type = YAML_NO_EVENT;
	long count = 0;
	yaml_parser_initialize(&parser);
	yaml_parser_set_input_file(&parser, file);
	while (type != YAML_STREAM_END_EVENT && yaml_parser_parse(&parser, &event)) {
		type = event.type;
		count++;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	fclose(file);
	return type == YAML_STREAM_END_EVENT ? count : -1;
}

static long events_of_list(const char *list)
{
	char path[4096];
	long count = 0;
	FILE *file = fopen(list, "r");
	while (file && fgets(path, sizeof path, file)) {
		path[strcspn(path, "\n")] = '\0';
		long found = events_of(path);
		if (found < 0) {
			fclose(file);
			return -1;
		}
		count += found;
	}
	if (file)
		fclose(file);
	return file ? count : -1;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		long count = argv[i][0] == '@' ? events_of_list(argv[i] + 1) : events_of(argv[i]);
		if (count < 0)
			return 1;
		printf("%ld events\n", count);
	}
	return 0;
}
