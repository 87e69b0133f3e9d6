/* libFuzzer: any bytes as a PDF that a report is to be taken out of. */
#include "paint/extract.h"
#include "yaml/node.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int descriptor = memfd_create("pdf", 0);
	if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size)
		abort();
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	char *path = arena_print(arena, "/proc/self/fd/%d", descriptor);
	struct bytes yaml = {0};
	bool found = extract_part.source(arena, path, &yaml, diags);
	if (found ? yaml.length > YAML_BYTES_MAX : diags->all->len == 0)
		abort();
	arena_close(arena);
	close(descriptor);
	return 0;
}
