/* Bounded reading; writing by temporary file, fsync and rename. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_all(int descriptor, size_t limit, GByteArray *into)
{
	unsigned char chunk[65536];
	for (;;) {
		ssize_t got = read(descriptor, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (got == 0)
			return 0;
		g_byte_array_append(into, chunk, (guint)got);
		if (into->len > limit)
			return EFBIG;
	}
}

int file_read(struct arena *arena, const char *path, size_t limit, struct bytes *bytes)
{
	bool standard = strcmp(path, "-") == 0;
	int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0)
		return errno;
	GByteArray *content = g_byte_array_new();
	int failure = read_all(descriptor, limit, content);
	if (!failure) {
		bytes->start = arena_copy_n(arena, (const char *)content->data, content->len);
		bytes->length = content->len;
	}
	g_byte_array_unref(content);
	if (!standard)
		close(descriptor);
	return failure;
}

static int write_all(int descriptor, struct bytes bytes)
{
	while (bytes.length > 0) {
		ssize_t put = write(descriptor, bytes.start, bytes.length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return errno;
		bytes.start += put;
		bytes.length -= (size_t)put;
	}
	return 0;
}

/* A new file gets the mode that the umask allows; an old one keeps its own. */
static mode_t mode_for(const char *path)
{
	struct stat old;
	if (stat(path, &old) == 0)
		return old.st_mode & 07777;
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static int fill_and_rename(int descriptor, const char *beside, const char *path, struct bytes bytes)
{
	int failure = write_all(descriptor, bytes);
	if (!failure && fchmod(descriptor, mode_for(path)) != 0)
		failure = errno;
	if (!failure && fsync(descriptor) != 0)
		failure = errno;
	if (close(descriptor) != 0 && !failure)
		failure = errno;
	if (!failure && rename(beside, path) != 0)
		failure = errno;
	return failure;
}

/* What isn't a regular file (a device, a pipe) can't be replaced and is written as it is. */
static int write_in_place(const char *path, struct bytes bytes)
{
	int descriptor = open(path, O_WRONLY | O_CLOEXEC);
	if (descriptor < 0)
		return errno;
	int failure = write_all(descriptor, bytes);
	if (close(descriptor) != 0 && !failure)
		failure = errno;
	return failure;
}

int file_write(const char *path, struct bytes bytes)
{
	struct stat old;
	if (strcmp(path, "-") == 0)
		return write_all(STDOUT_FILENO, bytes);
	if (stat(path, &old) == 0 && S_ISDIR(old.st_mode))
		return EISDIR;
	if (stat(path, &old) == 0 && !S_ISREG(old.st_mode))
		return write_in_place(path, bytes);
	char *beside = g_strdup_printf("%s.XXXXXX", path);
	int descriptor = g_mkstemp_full(beside, O_WRONLY | O_CLOEXEC, 0600);
	int failure = descriptor < 0 ? errno : fill_and_rename(descriptor, beside, path, bytes);
	if (failure && descriptor >= 0)
		unlink(beside);
	g_free(beside);
	return failure;
}

bool file_is(const char *path, const char *other)
{
	struct stat one, two;
	return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev &&
		one.st_ino == two.st_ino;
}
