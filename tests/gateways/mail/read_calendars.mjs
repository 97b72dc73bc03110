// Reads calendars (a JSON list of texts on standard input) with ical.js, and writes what they say.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const module = createRequire(process.argv[2] + "/")("ical.js");
const ical = module.default ?? module;

const said = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  const calendar = new ical.Component(ical.parse(text));
  const events = calendar.getAllSubcomponents();
  const event = new ical.Event(events[0]);
  return {
    components: events.map((each) => each.name),
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    start: event.startDate.toUnixTime(),
    end: event.endDate.toUnixTime(),
    stamp: events[0].getFirstPropertyValue("dtstamp").toUnixTime(),
    summary: event.summary,
    description: event.description,
  };
});
process.stdout.write(JSON.stringify(said));
