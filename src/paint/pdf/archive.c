/* Metadata (XMP) and information are made from the same few values, so that they agree. */
#include "paint/pdf/archive.h"

#include "paint/pdf/srgb.h"

#include <errno.h>
#include <stdlib.h>

#define PRODUCER "nianbao " NIANBAO_VERSION
#define CREATOR "nianbao"
#define ATTACHMENT "report.yaml" /* the name that it has in every PDF of ours */

/* As PDF and as XMP write it; both NULL: none. */
struct moment {
	const char *pdf, *xmp;
};

/* A day is a Chinese day; SOURCE_DATE_EPOCH is in UTC. */
static struct moment day_moment(struct arena *arena, int year, int month, int day)
{
	return (struct moment){
		arena_print(arena, "D:%04d%02d%02d000000+08'00'", year, month, day),
		arena_print(arena, "%04d-%02d-%02dT00:00:00+08:00", year, month, day),
	};
}

static struct moment epoch_moment(struct arena *arena, const char *epoch)
{
	char *end;
	errno = 0;
	gint64 seconds = g_ascii_strtoll(epoch, &end, 10);
	GDateTime *time = NULL;
	if (errno == 0 && end != epoch && !*end)
		time = g_date_time_new_from_unix_utc(seconds);
	if (!time)
		return (struct moment){0};
	struct moment moment = {
		arena_take(arena, g_date_time_format(time, "D:%Y%m%d%H%M%SZ")),
		arena_take(arena, g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ")),
	};
	g_date_time_unref(time);
	return moment;
}

/* The day of the report, else SOURCE_DATE_EPOCH, else none. */
static struct moment moment_of(struct arena *arena, const struct pages *pages)
{
	const GDate *day = pages->day;
	if (day && g_date_valid(day))
		return day_moment(arena, g_date_get_year(day), (int)g_date_get_month(day),
			g_date_get_day(day));
	const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
	return epoch ? epoch_moment(arena, epoch) : (struct moment){0};
}

struct pdf_dict *archive_information(const struct pdf_archive *archive)
{
	struct moment moment = moment_of(archive->arena, archive->pages);
	struct pdf_dict *dict = pdf_dict_number(archive->objects);
	pdf_put_text(dict, "Title", archive->pages->title);
	if (archive->pages->author)
		pdf_put_text(dict, "Author", archive->pages->author);
	pdf_put_text(dict, "Creator", CREATOR);
	pdf_put_text(dict, "Producer", PRODUCER);
	if (moment.pdf) {
		pdf_put_text(dict, "CreationDate", moment.pdf);
		pdf_put_text(dict, "ModDate", moment.pdf);
	}
	return dict;
}

/* `before`, the text escaped for XML, `after`. */
static void append_escaped(GString *out, const char *before, const char *text, const char *after)
{
	char *escaped = g_markup_escape_text(text, -1);
	g_string_append_printf(out, "%s%s%s", before, escaped, after);
	g_free(escaped);
}

/* ISO 19005-3, 6.6.2.3: a property that PDF/A doesn't know is described in the file. */
static const char description_of_ua[] =
	"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
	"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
	"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
	"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
	"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
	"<pdfaProperty:name>part</pdfaProperty:name>\n"
	"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
	"<pdfaProperty:category>internal</pdfaProperty:category>\n"
	"<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>\n"
	"</rdf:li></rdf:Seq></pdfaSchema:property>\n"
	"</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

static const char packet_start[] =
	"<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	"<rdf:Description rdf:about=\"\"\n"
	" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
	" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
	" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
	" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
	" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
	" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
	" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n";

static void append_identity(GString *xmp, const struct pdf_archive *archive)
{
	const struct pages *pages = archive->pages;
	append_escaped(xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", pages->title,
		"</rdf:li></rdf:Alt></dc:title>\n");
	if (pages->author)
		append_escaped(xmp, "<dc:creator><rdf:Seq><rdf:li>", pages->author,
			"</rdf:li></rdf:Seq></dc:creator>\n");
	append_escaped(xmp, "<dc:language><rdf:Bag><rdf:li>", pages->language,
		"</rdf:li></rdf:Bag></dc:language>\n");
	g_string_append(xmp,
		"<pdf:Producer>" PRODUCER "</pdf:Producer>\n"
		"<xmp:CreatorTool>" CREATOR "</xmp:CreatorTool>\n");
	struct moment moment = moment_of(archive->arena, pages);
	if (moment.xmp)
		g_string_append_printf(xmp,
			"<xmp:CreateDate>%s</xmp:CreateDate>\n"
			"<xmp:ModifyDate>%s</xmp:ModifyDate>\n",
			moment.xmp, moment.xmp);
}

/* Not deflated, so that programs that know no PDF find it. */
static struct pdf_dict *metadata_new(const struct pdf_archive *archive)
{
	bool first_part = archive->profile == PROFILE_A1B;
	GString *xmp = g_string_new(packet_start);
	g_string_append_printf(xmp,
		"<pdfaid:part>%d</pdfaid:part><pdfaid:conformance>%s</pdfaid:conformance>\n",
		first_part ? 1 : 3, first_part ? "B" : "A");
	if (!first_part)
		g_string_append_printf(
			xmp, "<pdfuaid:part>1</pdfuaid:part>\n%s", description_of_ua);
	append_identity(xmp, archive);
	g_string_append(xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
	struct bytes content = {arena_copy_n(archive->arena, xmp->str, xmp->len), xmp->len};
	g_string_free(xmp, TRUE);
	struct pdf_dict *stream = pdf_stream_new(archive->objects, content);
	pdf_put_name(stream, "Type", "Metadata");
	pdf_put_name(stream, "Subtype", "XML");
	return stream;
}

static struct pdf_array *intents_new(const struct pdf_archive *archive)
{
	struct bytes icc = {(const char *)srgb_profile, srgb_profile_length};
	struct pdf_dict *profile = pdf_stream_pack(archive->objects, icc);
	pdf_put_number(profile, "N", 3);
	struct pdf_dict *intent = pdf_dict_number(archive->objects);
	pdf_put_name(intent, "Type", "OutputIntent");
	pdf_put_name(intent, "S", "GTS_PDFA1");
	pdf_put_text(intent, "OutputConditionIdentifier", "sRGB");
	pdf_put_text(intent, "Info", "sRGB IEC61966-2.1");
	pdf_put_dict(intent, "DestOutputProfile", profile);
	struct pdf_array *intents = pdf_array_new(archive->objects);
	pdf_add_dict(intents, intent);
	return intents;
}

/* ISO 19005-3 demands a date of an attached file: the last day of the year reported on, where
 * nothing else is known. */
static struct pdf_dict *file_new(const struct pdf_archive *archive)
{
	struct moment moment = moment_of(archive->arena, archive->pages);
	if (!moment.pdf)
		moment = day_moment(archive->arena, archive->pages->year, 12, 31);
	struct pdf_dict *parameters = pdf_dict_new(archive->objects);
	pdf_put_number(parameters, "Size", (int)archive->source.length);
	pdf_put_text(parameters, "ModDate", moment.pdf);
	struct pdf_dict *file = pdf_stream_pack(archive->objects, archive->source);
	pdf_put_name(file, "Type", "EmbeddedFile");
	pdf_put_name(file, "Subtype", "application/yaml"); /* RFC 9512 */
	pdf_put_dict(file, "Params", parameters);
	return file;
}

static void attach_source(const struct pdf_archive *archive, struct pdf_dict *catalog)
{
	struct pdf_objects *objects = archive->objects;
	struct pdf_dict *file = file_new(archive), *forms = pdf_dict_new(objects);
	pdf_put_dict(forms, "F", file);
	pdf_put_dict(forms, "UF", file);
	struct pdf_dict *specification = pdf_dict_number(objects);
	pdf_put_name(specification, "Type", "Filespec");
	pdf_put_text(specification, "F", ATTACHMENT);
	pdf_put_text(specification, "UF", ATTACHMENT);
	pdf_put_text(specification, "Desc", ATTACHMENT);
	pdf_put_name(specification, "AFRelationship", "Source");
	pdf_put_dict(specification, "EF", forms);
	struct pdf_array *associated = pdf_array_new(objects), *names = pdf_array_new(objects);
	pdf_add_dict(associated, specification);
	pdf_add_text(names, ATTACHMENT);
	pdf_add_dict(names, specification);
	struct pdf_dict *files = pdf_dict_new(objects), *trees = pdf_dict_new(objects);
	pdf_put_array(files, "Names", names);
	pdf_put_dict(trees, "EmbeddedFiles", files);
	pdf_put_array(catalog, "AF", associated);
	pdf_put_dict(catalog, "Names", trees);
}

void archive_fill_catalog(const struct pdf_archive *archive, struct pdf_dict *catalog)
{
	struct pdf_dict *marks = pdf_dict_new(archive->objects);
	pdf_put_flag(marks, "Marked", true);
	struct pdf_dict *viewing = pdf_dict_new(archive->objects);
	pdf_put_flag(viewing, "DisplayDocTitle", true);
	pdf_put_dict(catalog, "MarkInfo", marks);
	pdf_put_dict(catalog, "ViewerPreferences", viewing);
	pdf_put_text(catalog, "Lang", archive->pages->language);
	pdf_put_dict(catalog, "Metadata", metadata_new(archive));
	pdf_put_array(catalog, "OutputIntents", intents_new(archive));
	/* PDF/A-1 allows no attachment (ISO 19005-1, 6.1.11). */
	if (archive->source.start && archive->profile != PROFILE_A1B)
		attach_source(archive, catalog);
}
