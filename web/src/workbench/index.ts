// The workbench: the queries of the site, open to be changed and run in the browser.
//
// Stands on `<section data-workbench data-dump data-terms data-base>` with the query in `<pre><code>`. Nothing is fetched before
// somebody changes or runs the query; without scripts the page shows the query and its answer as they were rendered.

import type { open as openEditor } from "./editor";
import { Workbench } from "./workbench";

for (const section of document.querySelectorAll<HTMLElement>("section[data-workbench]")) {
  const written = section.querySelector<HTMLElement>("pre:has(> code)");
  const data = section.dataset["dump"];
  if (written !== null && data !== undefined) {
    new Workbench(section, written, new URL(data, document.baseURI), async () => {
      const address = new URL("workbench-editor.js", import.meta.url).href;
      return (await import(address)) as { open: typeof openEditor };
    }).start();
  }
}
