/*
 * Reads calendars, writes each again as FILE.again, and holds it against libical's restrictions (RFC 5545, RFC 5546).
 * Prints a line for each fault: the file, a tab, what is wrong. Exit code 1 when a file cannot be read at all.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *content_of(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *content = calloc(size + 1, 1);
  size_t got = content ? fread(content, 1, size, file) : 0;
  fclose(file);
  return got == (size_t)size ? content : NULL;
}

static void write_again(const char *path, icalcomponent *calendar) {
  char name[4096];
  snprintf(name, sizeof name, "%s.again", path);
  FILE *file = fopen(name, "wb");
  if (!file) exit(1);
  fputs(icalcomponent_as_ical_string(calendar), file);
  fclose(file);
}

static void tell_errors(const char *path, icalcomponent *component) {
  icalproperty *error = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
  for (; error; error = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
    printf("%s\t%s\n", path, icalproperty_get_xlicerror(error));
  icalcomponent *part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
  for (; part; part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) tell_errors(path, part);
}

int main(int count, char **paths) {
  for (int n = 1; n < count; n++) {
    char *content = content_of(paths[n]);
    icalcomponent *calendar = content ? icalparser_parse_string(content) : NULL;
    if (!calendar) {
      fprintf(stderr, "%s cannot be read\n", paths[n]);
      return 1;
    }
    write_again(paths[n], calendar);
    if (!icalrestriction_check(calendar) && icalcomponent_count_errors(calendar) == 0) printf("%s\tis refused\n", paths[n]);
    tell_errors(paths[n], calendar);
    icalcomponent_free(calendar);
    free(content);
  }
  return 0;
}
