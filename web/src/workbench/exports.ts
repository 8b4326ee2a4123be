// Answers as files: the formats that the engine itself writes.

/** A format to download an answer in. */
export interface Format {
  readonly label: string;
  readonly mediaType: string;
  readonly extension: string;
}

export const JSON_RESULTS: Format = { label: "JSON", mediaType: "application/sparql-results+json", extension: "json" };
export const TURTLE: Format = { label: "Turtle", mediaType: "text/turtle", extension: "ttl" };

/** SPARQL 1.1 Query Results CSV and TSV Formats, and JSON Format. */
export const ROW_FORMATS: readonly Format[] = [
  { label: "CSV", mediaType: "text/csv", extension: "csv" },
  { label: "TSV", mediaType: "text/tab-separated-values", extension: "tsv" },
  JSON_RESULTS,
];
export const GRAPH_FORMATS: readonly Format[] = [
  TURTLE,
  { label: "N-Triples", mediaType: "application/n-triples", extension: "nt" },
];

/** The name of the file: that of the page, so that files of several queries can be told apart. */
export function fileName(pathname: string, format: Format): string {
  const page = pathname.split("/").at(-1)?.replace(/\.html$/, "") ?? "";
  return `${page === "" ? "answer" : page}.${format.extension}`;
}

/** Gives a file to the browser to save. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this function; a minute is enough for it to begin.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
