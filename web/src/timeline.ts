// The filters of the timeline. The page has all events; this hides those that are not asked for.
import { listed, show } from "./overview/entries";
import { connect } from "./overview/form";

const form = document.querySelector<HTMLFormElement>("form.filters");
const events = listed(".event");
if (form !== null) {
  connect(form, (criteria) => `${show(events, criteria, ".group")} of ${events.length} events shown`);
}
