// In the page about the map: hands on to the app what the map in its frame tells (layers/
// js/desk.js): an area that was drawn, a record that was opened. The app trusts none of it.
const TOLD = "khyber-told";
const SETTLED_MS = 250;
const WORDS = ["area", "record"];

export default function ({ setTriggerValue }) {
  const timers = {};
  const hear = ({ detail }) => {
    const { word, value } = JSON.parse(detail);
    if (!WORDS.includes(word)) return;
    // Of several at once the last one holds.
    window.clearTimeout(timers[word]);
    timers[word] = window.setTimeout(() => setTriggerValue(word, value), SETTLED_MS);
  };
  window.addEventListener(TOLD, hear);
  return () => {
    window.removeEventListener(TOLD, hear);
    Object.values(timers).forEach((timer) => window.clearTimeout(timer));
  };
}
