// Slack's `<!date^…>`: a moment in words of the app's choosing, in the reader's zone, by the playground's clock.

import { dayOf, monthsApart, nearDay, wall } from "../ui/dates.js";

const HALF_A_YEAR = 6; // months: nearer than that, Slack leaves the year out

const ordinal = (day) => {
  const number = Number(day);
  const rest = number % 100 > 10 && number % 100 < 14 ? 0 : number % 10;
  return `${number}${["th", "st", "nd", "rd"][rest] ?? "th"}`;
};

const SIZES = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** "3 minutes ago", "in 2 months", "just now": the largest unit that fits. */
function ago(seconds) {
  const size = Math.abs(seconds);
  const [unit, length] = SIZES.find(([, one]) => size >= one) ?? SIZES.at(-1);
  const number = Math.floor(size / length);
  if (number === 0) return "just now";
  const words = `${number} ${unit}${number === 1 ? "" : "s"}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** What each token stands for at `at`; the year stands only where Slack writes it. */
function tokens(at, zone, now) {
  const { year, month, day, weekday, hour, minute, second } = wall(at, zone);
  const near = nearDay(at, zone, now).toLowerCase();
  const far = monthsApart(at, now, zone) >= HALF_A_YEAR;
  const tail = far ? `, ${year}` : "";
  const date = `${month} ${ordinal(day)}${tail}`;
  const short = `${month.slice(0, 3)} ${Number(day)}${tail}`;
  const long = `${weekday}, ${date}`;
  const thisYear = dayOf(now, zone).slice(0, 4) === year;
  return {
    date_num: dayOf(at, zone), date_slash: dayOf(at, zone).split("-").reverse().join("/"),
    date, date_short: short, date_long: long, date_long_full: `${month} ${Number(day)}, ${year}`,
    date_pretty: near || date, date_short_pretty: near || short, date_long_pretty: near || long,
    day_divider_pretty: near || `${weekday}, ${month} ${ordinal(day)}${thisYear ? "" : `, ${year}`}`,
    time: `${hour}:${minute}`, time_secs: `${hour}:${minute}:${second}`, ago: ago(Math.round((at - now) / 1000)),
  };
}

/** `format` with {date}, {time} and so on filled in; a token that nobody knows stays as it was written. A day at the very
 * beginning is written large, as a sentence begins. */
export function slackDate(seconds, format, zone, now) {
  const values = tokens(new Date(seconds * 1000), zone, now);
  const words = format.replace(/\{(\w+)\}/g, (token, name) => values[name] ?? token);
  return /^\{\w+_pretty\}/.test(format) ? words.replace(/^./, (letter) => letter.toUpperCase()) : words;
}
