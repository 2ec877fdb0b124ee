// Moments as people read them: always in a named zone and by the playground's clock, never the browser's.

const DAY = 24 * 60 * 60 * 1000;
const formatters = new Map();

function formatter(zone) {
  if (!formatters.has(zone)) {
    const options = {
      weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
      hourCycle: "h23",
    };
    let made;
    try {
      made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone || "UTC" });
    } catch {
      made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
    }
    formatters.set(zone, made);
  }
  return formatters.get(zone);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");
const two = (number) => String(number).padStart(2, "0");

/** The wall calendar and clock in `zone` at `at` (a Date): {year, month, monthNumber, day, weekday, hour, minute, second}. */
export function wall(at, zone) {
  const found = Object.fromEntries(formatter(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  return { ...found, monthNumber: MONTHS.indexOf(found.month) + 1 };
}

/** "2017-06-01" */
export function dayOf(at, zone) {
  const { year, monthNumber, day } = wall(at, zone);
  return `${year}-${two(monthNumber)}-${two(day)}`;
}

/** "09:05" */
export function timeOf(at, zone) {
  const { hour, minute } = wall(at, zone);
  return `${hour}:${minute}`;
}

/** "Thursday 1 June 2017" */
export function longDay(at, zone) {
  const { weekday, day, month, year } = wall(at, zone);
  return `${weekday} ${day} ${month} ${year}`;
}

/** "Thu 1 Jun 2017" */
export function shortDay(at, zone) {
  const { weekday, day, month, year } = wall(at, zone);
  return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)} ${year}`;
}

/** "Thu 1 Jun 2017, 09:05" */
export function moment(at, zone) {
  return `${shortDay(at, zone)}, ${timeOf(at, zone)}`;
}

/** "Today", "Yesterday" or "Tomorrow" as seen at `now`; "" for any other day. */
export function nearDay(at, zone, now) {
  const apart = Math.round((Date.parse(dayOf(at, zone)) - Date.parse(dayOf(now, zone))) / DAY);
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[apart] ?? "";
}

/** How many whole months lie between two moments, as the calendar of `zone` counts them. */
export function monthsApart(one, other, zone) {
  const [early, late] = [one, other].sort((a, b) => a - b).map((at) => wall(at, zone));
  const months = (late.year - early.year) * 12 + late.monthNumber - early.monthNumber;
  return Number(late.day) < Number(early.day) ? months - 1 : months;
}

/** "New York" for "America/New_York". */
export function placeOf(zone) {
  return (zone || "UTC").split("/").at(-1).replaceAll("_", " ");
}

/** "in 3 days", "in 2 hours", "now": how far `to` is from `from`. */
export function away(from, to) {
  const minutes = Math.round((to - from) / 60000);
  const past = minutes < 0;
  const size = Math.abs(minutes);
  if (size === 0) return "now";
  const [number, unit] = size < 60 ? [size, "minute"]
    : size < 36 * 60 ? [Math.round(size / 60), "hour"] : [Math.round(size / 1440), "day"];
  const words = `${number} ${unit}${number === 1 ? "" : "s"}`;
  return past ? `${words} ago` : `in ${words}`;
}

/** The moment at which the wall clock of `zone` shows `time` ("09:00") on `day` ("2017-06-01"). */
export function momentAt(day, time, zone) {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 3; round += 1) {
    const at = new Date(guess);
    const shown = Date.parse(`${dayOf(at, zone)}T${timeOf(at, zone)}:00Z`);
    if (shown === wanted) break;
    guess += wanted - shown;
  }
  return new Date(guess);
}
