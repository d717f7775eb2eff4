// Draws the table of a month as a plot: a line for each product, minutes by day.
// @ts-check

const place = document.getElementById("plot");
const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#usage tbody tr")]);

/**
 * The colour of a variable as it is in this scheme: a canvas knows no variables.
 * @param {string} name
 */
function resolved(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function draw() {
  if (!place || !rows.length) return;
  const [year, month] = (place.dataset.month ?? "").split("-").map(Number);
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const days = Array.from({ length }, (_, day) => Date.UTC(year, month - 1, day + 1) / 1000);
  const products = [...new Set(rows.map((row) => row.dataset.product ?? ""))];
  const lines = products.map((product) => {
    const minutes = new Array(length).fill(0);
    for (const row of rows) {
      if (row.dataset.product !== product) continue;
      const day = Number(/ (\d+),/.exec(row.dataset.day ?? "")?.[1] ?? 1);
      minutes[day - 1] += Number(row.dataset.minutes);
    }
    return minutes;
  });
  const ink = resolved("--soft");
  const colours = ["--one", "--two", "--good", "--bad"].map(resolved);
  const axis = { stroke: ink, grid: { stroke: resolved("--line") }, ticks: { stroke: resolved("--line") } };
  // @ts-ignore the library is a script of its own
  new uPlot(
    {
      width: place.clientWidth,
      height: 260,
      tzDate: (/** @type {number} */ seconds) => {
        const local = new Date(seconds * 1000);
        return new Date(local.getTime() + local.getTimezoneOffset() * 60_000);
      },
      axes: [axis, axis],
      series: [
        {},
        ...products.map((label, at) => ({ label, stroke: colours[at % 4], width: 2, points: { show: true } })),
      ],
    },
    [days, ...lines],
    place,
  );
  place.dataset.drawn = "true";
}

draw();
