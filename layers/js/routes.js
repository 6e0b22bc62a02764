// Routes: schematic corridors, one strand in each layer of a commodity, arrows for direction.
(function (khyber) {
  "use strict";

  const STRAND = 3.2;
  const ARROW_EVERY = 70;

  // Shift a line sideways by some pixels, mitred at its bends.
  function shifted(points, by) {
    const normals = points.slice(1).map((point, at) => {
      const step = point.subtract(points[at]);
      const length = Math.hypot(step.x, step.y) || 1;
      return L.point(-step.y / length, step.x / length);
    });
    return points.map((point, at) => {
      const before = normals[Math.max(at - 1, 0)];
      const after = normals[Math.min(at, normals.length - 1)];
      const sum = before.add(after);
      const length = Math.hypot(sum.x, sum.y) || 1;
      const reach = Math.min(2 / length, 2);
      return point.add(sum.multiplyBy((by * reach) / length));
    });
  }

  function chevron(at, angle) {
    return [[-5, -4.5], [0, 0], [-5, 4.5]].map(([x, y]) =>
      L.point(
        at.x + x * Math.cos(angle) - y * Math.sin(angle),
        at.y + x * Math.sin(angle) + y * Math.cos(angle)
      )
    );
  }

  // Chevrons every so many pixels along a line; both ways in turn on a two-way route.
  function chevrons(points, way) {
    const made = [];
    let left = ARROW_EVERY / 2;
    points.slice(1).forEach((end, index) => {
      const start = points[index];
      const step = end.subtract(start);
      const length = Math.hypot(step.x, step.y);
      const angle = Math.atan2(step.y, step.x);
      while (left < length) {
        const at = start.add(step.multiplyBy(left / length));
        const back = way === "back" || (way === "both" && made.length % 2 === 1);
        made.push(chevron(at, back ? angle + Math.PI : angle));
        left += ARROW_EVERY;
      }
      left -= length;
    });
    return made;
  }

  const Route = L.LayerGroup.extend({
    initialize: function (latlngs, properties, open) {
      L.LayerGroup.prototype.initialize.call(this, []);
      this.latlngs = latlngs;
      this.way = properties.arrows;
      const dashed = properties.inferred ? " ka-route-inferred" : "";
      const base = { pane: "ka-routes", interactive: false };
      this.lane = properties.lane;
      this.under = L.polyline([], {
        ...base,
        // Below all strands, or one route's pale edge would hide another route.
        pane: "ka-routes-under",
        className: "ka-route-under",
        weight: STRAND + 3,
      });
      this.strand = L.polyline([], {
        ...base,
        className: "ka-route" + dashed,
        color: properties.colour,
        weight: STRAND,
      });
      this.arrows = L.polyline([], { ...base, className: "ka-arrow" });
      const hit = L.polyline(latlngs, { pane: "ka-routes", className: "ka-hit", weight: 16 });
      khyber.makeOpenable(hit, properties.name, open);
      [this.under, this.strand, this.arrows, hit].forEach((each) => this.addLayer(each));
    },
    onAdd: function (map) {
      this.redraw(map);
      L.LayerGroup.prototype.onAdd.call(this, map);
      this.again = () => this.redraw(map);
      map.on("zoomend", this.again);
    },
    onRemove: function (map) {
      map.off("zoomend", this.again);
      L.LayerGroup.prototype.onRemove.call(this, map);
    },
    redraw: function (map) {
      const zoom = map.getZoom();
      const points = this.latlngs.map((latlng) => map.project(latlng, zoom));
      const back = (list) => list.map((point) => map.unproject(point, zoom));
      const beside = back(shifted(points, this.lane * STRAND));
      this.under.setLatLngs(beside);
      this.strand.setLatLngs(beside);
      // In the middle of all strands, where those of the other layers fall on them.
      this.arrows.setLatLngs(this.way ? chevrons(points, this.way).map(back) : []);
    },
  });

  khyber.draw.route = function (feature, context) {
    const properties = feature.properties;
    const card = properties.popup;
    const open = (latlng, opener) =>
      khyber.openCard(context.map, {
        key: properties.key,
        title: card.title,
        cards: [card],
        latlng: latlng,
        opener: opener,
      });
    return [new Route(khyber.latlngs(feature.geometry), properties, open)];
  };
})(window.khyber);
