/* Header, Name INDEX, Top DICT INDEX, charset; every read is bounded. */
#include "paint/pdf/charset.h"

#define OPERATOR_CHARSET 15
#define OPERATOR_ROS 0x0C1E /* 12 30: what makes a font CID-keyed */

struct reader {
	const unsigned char *start;
	size_t length, at;
	bool failed;
};

static uint32_t read_number(struct reader *reader, size_t bytes)
{
	uint32_t value = 0;
	if (bytes > reader->length || reader->at > reader->length - bytes) {
		reader->failed = true;
		return 0;
	}
	for (size_t i = 0; i < bytes; i++)
		value = value << 8 | reader->start[reader->at++];
	return value;
}

/* TN 5176, 5. Leaves the reader behind the INDEX; `*first` is where the first object's bytes
 * stand, and `*first_end` where they end. */
static void skip_index(struct reader *reader, size_t *first, size_t *first_end)
{
	uint32_t count = read_number(reader, 2);
	*first = *first_end = reader->at;
	if (count == 0 || reader->failed)
		return;
	size_t offset_size = read_number(reader, 1), offsets = reader->at;
	if (offset_size < 1 || offset_size > 4) {
		reader->failed = true;
		return;
	}
	size_t data = offsets + ((size_t)count + 1) * offset_size - 1;
	read_number(reader, offset_size);
	*first = data + 1;
	*first_end = data + read_number(reader, offset_size);
	reader->at = offsets + (size_t)count * offset_size;
	reader->at = data + read_number(reader, offset_size);
}

/* TN 5176, table 3. Real numbers are passed over. */
static int32_t read_operand(struct reader *reader, uint32_t byte)
{
	if (byte == 28)
		return (int16_t)read_number(reader, 2);
	if (byte == 29)
		return (int32_t)read_number(reader, 4);
	if (byte >= 32 && byte <= 246)
		return (int32_t)byte - 139;
	if (byte >= 247 && byte <= 250)
		return ((int32_t)byte - 247) * 256 + (int32_t)read_number(reader, 1) + 108;
	if (byte >= 251 && byte <= 254)
		return -((int32_t)byte - 251) * 256 - (int32_t)read_number(reader, 1) - 108;
	while (byte == 30 && !reader->failed) {
		uint32_t nibbles = read_number(reader, 1);
		if ((nibbles & 0x0F) == 0x0F || nibbles >> 4 == 0x0F)
			break;
	}
	return 0;
}

/* Where the charset stands; 0 if the font isn't CID-keyed. */
static size_t find_charset(struct reader *reader, size_t end)
{
	int32_t operand = 0, charset = 0;
	bool keyed = false;
	while (reader->at < end && !reader->failed) {
		uint32_t byte = read_number(reader, 1);
		if (byte > 21) {
			operand = read_operand(reader, byte);
			continue;
		}
		uint32_t operation = byte == 12 ? byte << 8 | read_number(reader, 1) : byte;
		keyed |= operation == OPERATOR_ROS;
		if (operation == OPERATOR_CHARSET)
			charset = operand;
	}
	return keyed && charset > 2 ? (size_t)charset : 0; /* 0 to 2: of fonts of names */
}

static void read_ranges(struct reader *reader, uint16_t *cids, size_t count)
{
	uint32_t format = read_number(reader, 1);
	cids[0] = 0;
	for (size_t glyph = 1; glyph < count && !reader->failed;) {
		uint32_t cid = read_number(reader, 2);
		uint32_t more = format == 0 ? 0 : read_number(reader, format == 1 ? 1 : 2);
		for (uint32_t i = 0; i <= more && glyph < count; i++)
			cids[glyph++] = (uint16_t)(cid + i);
	}
	reader->failed |= format > 2;
}

bool charset_read(struct bytes cff, uint16_t *cids, size_t count)
{
	struct reader reader = {(const unsigned char *)cff.start, cff.length, 2, false};
	size_t first, first_end;
	reader.at = read_number(&reader, 1); /* the header's own size */
	skip_index(&reader, &first, &first_end);
	skip_index(&reader, &first, &first_end);
	reader.at = first;
	size_t charset = find_charset(&reader, first_end);
	if (reader.failed || charset == 0 || count == 0)
		return false;
	reader.at = charset;
	read_ranges(&reader, cids, count);
	return !reader.failed;
}
