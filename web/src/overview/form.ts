// The form of filters that a page brings along hidden: shows it, reads it, and keeps the address in step.
import { type Criteria, fromAddress, toAddress } from "./criteria";

type Control = HTMLInputElement | HTMLSelectElement;

/** Shows the filters, and calls back with the criteria now and after each change, until when the address says the same. */
export function connect(form: HTMLFormElement, apply: (criteria: Criteria) => string): void {
  const atFirst = read(form);
  const shown = form.querySelector("output");
  const update = (): void => {
    const criteria = read(form);
    const said = apply(criteria);
    if (shown !== null) shown.textContent = said;
    const address = toAddress(criteria, atFirst).toString();
    history.replaceState(null, "", `${location.pathname}${address && `?${address}`}${location.hash}`);
  };
  write(form, fromAddress(new URLSearchParams(location.search), atFirst, names(form)));
  form.hidden = false;
  form.addEventListener("change", update);
  // The fields have their first values only after the event.
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
  });
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-tick]")) {
    button.addEventListener("click", () => {
      for (const box of button.closest("fieldset")?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? []) box.checked = button.dataset["tick"] === "all";
      update();
    });
  }
  update();
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.querySelectorAll<Control>("input[name], select[name]")];
}

function names(form: HTMLFormElement): Set<string> {
  return new Set(controls(form).map((control) => control.name));
}

/** Reads the criteria; boxes that are all ticked, and fields that are empty, let everything pass. */
export function read(form: HTMLFormElement): Criteria {
  const found = new Map<string, Set<string>>();
  const limits = new Set<string>();
  for (const control of controls(form)) {
    const isBox = control instanceof HTMLInputElement && control.type === "checkbox";
    const isOn = isBox ? control.checked : control.value !== "";
    const values = found.get(control.name) ?? new Set();
    found.set(control.name, isOn ? values.add(control.value) : values);
    if (isBox ? !isOn : isOn) limits.add(control.name);
  }
  return new Map([...found].filter(([name]) => limits.has(name)));
}

function write(form: HTMLFormElement, criteria: Criteria): void {
  for (const control of controls(form)) {
    const wanted = criteria.get(control.name);
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = wanted?.has(control.value) ?? true;
    else control.value = [...(wanted ?? [])][0] ?? "";
  }
}
