// What is the same on every page: buttons that copy.
//
// `<button data-copy="#id" hidden>` copies the text of the element that the selector names. Without scripts there is no button.

/** Says a short text to those who do not see the page; made at the start, because a region that comes with its text is not read. */
function liveRegion(): HTMLElement {
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.className = "visually-hidden";
  document.body.append(region);
  return region;
}

/** Copies what the button names and says whether it went well. */
async function copy(button: HTMLButtonElement, region: HTMLElement): Promise<void> {
  const source = document.querySelector(button.dataset["copy"] ?? "");
  if (source === null) return;
  const text = source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement ? source.value : source.textContent;
  const said = await navigator.clipboard.writeText(text.trim()).then(
    () => "Copied",
    () => "Not copied: the browser does not allow it",
  );
  say(button, region, said);
}

/** Shows the text on the button for two seconds and reads it out. */
function say(button: HTMLButtonElement, region: HTMLElement, said: string): void {
  const label = (button.dataset["label"] ??= button.textContent);
  button.textContent = said;
  region.textContent = said;
  setTimeout(() => {
    button.textContent = label;
    region.textContent = "";
  }, 2000);
}

const buttons = document.querySelectorAll<HTMLButtonElement>("button[data-copy]");
// The clipboard is only there on https and on this machine.
if (buttons.length > 0 && "clipboard" in navigator) {
  const region = liveRegion();
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button, region));
  }
}
