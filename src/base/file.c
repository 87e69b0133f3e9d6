/* Bounded reading, mapping, listing. Writing is in file_write.c. */
#include "base/file_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool names_open_file(const char *path)
{
	if (g_str_has_prefix(path, "/dev/shm/")) /* plain files in memory */
		return false;
	return g_str_has_prefix(path, "/dev/") || g_str_has_prefix(path, "/proc/");
}

bool is_passing(int descriptor, short events)
{
	if (errno == EAGAIN)
		poll(&(struct pollfd){descriptor, events, 0}, 1, -1);
	return errno == EINTR || errno == EAGAIN;
}

#define ROOM ((size_t)65535) /* for what has no size, as a pipe */

/* A file whose size is known is read in one piece, and a byte more asked for. */
static int read_all(int descriptor, off_t size, size_t limit, GByteArray *into)
{
	size_t length = 0;
	g_byte_array_set_size(into, (guint)MIN(size > 0 ? (size_t)size : ROOM, limit) + 1);
	for (;;) {
		if (length == into->len)
			g_byte_array_set_size(into, into->len * 2);
		errno = 0;
		ssize_t got = read(descriptor, into->data + length, into->len - length);
		if (got < 0 && is_passing(descriptor, POLLIN))
			continue;
		if (got < 0)
			return errno;
		length += (size_t)got;
		if (length > limit)
			return EFBIG;
		if (got == 0) {
			g_byte_array_set_size(into, (guint)length);
			return 0;
		}
	}
}

/* A pipe with a name may never get a writer, and a report isn't kept in one. */
static int kind_failure(const char *path, mode_t mode)
{
	if (S_ISREG(mode) || S_ISCHR(mode) || (S_ISFIFO(mode) && names_open_file(path)))
		return 0;
	return S_ISDIR(mode) ? EISDIR : ENXIO;
}

/* Without waiting for the other end of a pipe. 0, or an errno value. */
static int open_to_read(const char *path, int *descriptor, struct stat *about)
{
	do
		*descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	while (*descriptor < 0 && errno == EINTR);
	if (*descriptor < 0)
		return errno;
	int failure = fstat(*descriptor, about) == 0 ? kind_failure(path, about->st_mode) : errno;
	if (failure)
		close(*descriptor);
	return failure;
}

int file_read(struct arena *arena, const char *path, size_t limit, struct bytes *bytes)
{
	bool standard = strcmp(path, "-") == 0;
	int descriptor = STDIN_FILENO;
	struct stat about = {.st_size = 0};
	int failure = standard ? 0 : open_to_read(path, &descriptor, &about);
	if (failure)
		return failure;
	GByteArray *content = g_byte_array_new();
	failure = read_all(descriptor, about.st_size, limit, content);
	if (!failure) {
		bytes->start = arena_copy_n(arena, (const char *)content->data, content->len);
		bytes->length = content->len;
	}
	g_byte_array_unref(content);
	if (!standard)
		close(descriptor);
	return failure;
}

/* Mapped files, for file_mapped_at; a handler may look at any moment. */
struct mapping {
	struct mapping *next;
	struct bytes bytes;
	char *path;
};
static struct mapping *volatile mappings;

int file_map(const char *path, struct bytes *bytes)
{
	struct stat about;
	int descriptor;
	*bytes = (struct bytes){NULL, 0};
	int failure = open_to_read(path, &descriptor, &about);
	if (failure)
		return failure;
	if (!S_ISREG(about.st_mode))
		failure = ENXIO;
	size_t length = failure ? 0 : (size_t)about.st_size;
	void *start = NULL;
	if (length > 0)
		start = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
	if (start == MAP_FAILED)
		failure = errno;
	close(descriptor);
	if (failure || length == 0)
		return failure;
	*bytes = (struct bytes){start, length};
	struct mapping *mapping = g_new(struct mapping, 1);
	*mapping = (struct mapping){mappings, *bytes, g_strdup(path)};
	mappings = mapping;
	return 0;
}

void file_unmap(struct bytes bytes)
{
	struct mapping *before = NULL, *mapping = mappings;
	while (mapping && mapping->bytes.start != bytes.start) {
		before = mapping;
		mapping = mapping->next;
	}
	if (!mapping)
		return;
	if (before)
		before->next = mapping->next;
	else
		mappings = mapping->next;
	munmap((void *)(uintptr_t)bytes.start, bytes.length);
	g_free(mapping->path);
	g_free(mapping);
}

const char *file_mapped_at(const void *address)
{
	uintptr_t at = (uintptr_t)address;
	for (const struct mapping *mapping = mappings; mapping; mapping = mapping->next) {
		uintptr_t start = (uintptr_t)mapping->bytes.start;
		if (at >= start && at - start < mapping->bytes.length)
			return mapping->path;
	}
	return NULL;
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

int file_list(struct arena *arena, const char *folder, struct names *names)
{
	DIR *opened = opendir(folder);
	*names = (struct names){NULL, 0};
	if (!opened)
		return errno;
	GPtrArray *found = g_ptr_array_new();
	int failure = 0;
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(opened);
		if (!entry) {
			failure = errno;
			break;
		}
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			g_ptr_array_add(found, arena_copy(arena, entry->d_name));
	}
	closedir(opened);
	g_ptr_array_sort(found, by_name);
	names->at = arena_copy_many(arena, found->pdata, found->len, sizeof *found->pdata);
	names->count = found->len;
	g_ptr_array_unref(found);
	return failure;
}

bool file_is(const char *path, const char *other)
{
	struct stat one, two;
	return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev &&
		one.st_ino == two.st_ino;
}
