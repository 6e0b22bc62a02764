// In the page beside the map: tells the app which part of the earth the map shows, and
// starts the download of a file that was asked for and has been made.
const MAP = "iframe[title='streamlit_folium.st_folium']";
const MAKING = ".st-key-export-making";
const SETTLED_MS = 300;
const TRIES = 50;
const DECIMALS = 3;

function mapOf() {
  const frame = document.querySelector(MAP);
  try {
    const map = frame.contentWindow.map;
    return map.getContainer().dataset.ready && map.getSize().x ? map : null;
  } catch (error) {
    return null; // not there yet, or a frame of another origin
  }
}

function extentOf(map) {
  const bounds = map.getBounds();
  const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  return edges.map((edge) => Number(edge.toFixed(DECIMALS)));
}

// Once for each file: the page is drawn anew more often than files are made.
function startDownload(token) {
  const started = (window.khyberStarted = window.khyberStarted || new Set());
  if (!token || started.has(token)) return;
  started.add(token);
  let tries = TRIES;
  const click = () => {
    const button = document.querySelector(`.st-key-export-file-${token} button`);
    if (button) button.click();
    else if ((tries -= 1)) window.setTimeout(click, SETTLED_MS);
  };
  click();
}

export default function ({ data, setStateValue }) {
  let timer = 0;
  let map = null;
  let told = JSON.stringify(data.extent);
  const tell = () => {
    // A change now would break off the making of a file; it is told afterwards.
    if (document.querySelector(MAKING)) return later();
    const extent = extentOf(map);
    if (JSON.stringify(extent) === told) return undefined;
    told = JSON.stringify(extent);
    return setStateValue("extent", extent);
  };
  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(tell, SETTLED_MS);
  }
  const find = () => {
    map = mapOf();
    if (!map) {
      timer = window.setTimeout(find, SETTLED_MS);
      return;
    }
    map.on("moveend resize", later);
    tell();
  };
  find();
  startDownload(data.start);
  return () => {
    window.clearTimeout(timer);
    if (map) map.off("moveend resize", later);
  };
}
