"use strict";
// Draws the communes, the legend, the card and the list from the data carried by the page.
// It asks the network for nothing; every text is set as text, never read as markup.
function drawMap(map) {
  const data = JSON.parse(document.getElementById("donnees").textContent);
  const byId = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const made = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const drawn = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };

  // Fillings: a ground and a pattern, so that classes stay apart in grey.
  function pattern(name) {
    const [ground, mark] = data.fillings[name];
    const size = name === "hachures_larges" ? 10 : name === "points" ? 8 : 6;
    const whole = drawn("pattern", { id: "f-" + name, width: size, height: size, patternUnits: "userSpaceOnUse" });
    whole.append(drawn("rect", { width: size, height: size, fill: ground }));
    const line = { stroke: mark, "stroke-width": 1.2, fill: "none" };
    const slant = `M0 ${size}L${size} 0M-1 1L1 -1M${size - 1} ${size + 1}L${size + 1} ${size - 1}`;
    if (name.startsWith("hachures")) whole.append(drawn("path", { d: slant, ...line }));
    if (name === "points") whole.append(drawn("circle", { cx: 4, cy: 4, r: 1.3, fill: mark }));
    if (name === "inconnu") whole.append(drawn("path", { d: `M0 3H3`, ...line, "stroke-width": 0.8 }));
    return whole;
  }
  function definitions() {
    const all = drawn("defs", {});
    for (const name in data.fillings) all.append(pattern(name));
    return all;
  }

  // Geometry: steps of `data.step` metres, each ring as differences.
  const at = (x, y) => L.latLng(y * data.step, x * data.step);
  function ring(steps) {
    let x = 0, y = 0;
    const points = [];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      points.push(at(x, y));
    }
    return points;
  }
  const renderer = L.svg({ padding: 0.4 });
  renderer.addTo(map);
  renderer._container.prepend(definitions());
  for (const [name, rings] of data.backdrop) {
    const lines = data.schematic ? { fill: true, fillColor: "#f8f6f0", fillOpacity: 1 } : { fill: false };
    L.polygon(rings.map(ring), { renderer, interactive: false, color: "#6b665d", weight: 1.6, ...lines, className: "backdrop" }).addTo(map);
  }
  const shapes = data.places.map((place) => {
    const options = { renderer, weight: 0.7, color: "#4a4a46", fillOpacity: 1, className: "place" };
    const shape = place.r.length
      ? L.polygon(place.r.map(ring), options)
      : L.circle(at(place.x, place.y), { ...options, radius: place.m });
    return shape;
  });
  const order = data.places.map((_, index) => index);
  order.sort((a, b) => (data.places[b].m || 0) - (data.places[a].m || 0));
  order.forEach((index) => {
    const shape = shapes[index].addTo(map);
    const element = shape.getElement();
    if (element) element.dataset.code = data.places[index].c;
    shape.on("click", () => choose(index, false));
    shape.bindTooltip(() => tip(index), { sticky: true });
  });
  if (!data.schematic) map.eachLayer((one) => one.options.className === "backdrop" && one.bringToFront());

  // The theme in force.
  let theme = data.themes[0];
  let chosen = -1;
  const said = (index) => theme.texts[theme.said[index]];
  function tip(index) {
    const whole = made("div");
    whole.append(made("strong", data.places[index].n), made("br"), made("span", said(index)));
    return whole;
  }
  function entryOf(index) {
    const place = theme.classes[index];
    return place < 0 ? null : theme.legend[place];
  }
  function colour(id) {
    theme = data.themes.find((one) => one.id === id);
    shapes.forEach((shape, index) => {
      const entry = entryOf(index);
      const fill = `url(#f-${entry ? entry.pattern : "inconnu"})`;
      shape.setStyle({ fillColor: fill });
      const element = shape.getElement();
      if (element) element.dataset.letters = entry ? entry.letters : "?";
    });
    legend();
    rows.forEach((row, index) => { row.cells[2].textContent = said(index); });
    byId("colonne-theme").textContent = theme.title;
    labels();
    if (chosen >= 0) card(chosen);
  }
  function sample(entry) {
    const box = drawn("svg", { width: 40, height: 20, "aria-hidden": "true" });
    box.append(drawn("rect", { x: 0.5, y: 0.5, width: 39, height: 19, fill: `url(#f-${entry.pattern})`, stroke: "#4a4a46" }));
    const width = 7 * entry.letters.length + 6;
    box.append(drawn("rect", { x: 20 - width / 2, y: 3, width, height: 14, fill: "#fff", opacity: 0.9, rx: 2 }));
    const text = drawn("text", { x: 20, y: 14, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: "#101315" });
    text.textContent = entry.letters;
    box.append(text);
    return box;
  }
  function legend() {
    byId("legende").replaceChildren(...theme.legend.map((entry) => {
      const line = made("li");
      const words = made("div", entry.label);
      if (entry.count) words.append(", ", made("span", entry.count, "count"));
      line.append(sample(entry), words);
      return line;
    }));
    byId("theme-a-propos").replaceChildren(...theme.about.map((text) => made("p", text)));
    byId("theme-remarques").replaceChildren(...theme.remarks.map((text) => made("p", text)));
  }

  // Letters and names, where there is room for them.
  map.createPane("tags").style.zIndex = 450;
  const tags = L.layerGroup().addTo(map);
  function labels() {
    tags.clearLayers();
    const view = map.getBounds();
    let left = 350;
    shapes.forEach((shape, index) => {
      const entry = entryOf(index);
      if (left <= 0 || !view.contains(at(data.places[index].x, data.places[index].y))) return;
      const box = shape.getBounds();
      const wide = map.latLngToLayerPoint(box.getNorthEast()).x - map.latLngToLayerPoint(box.getSouthWest()).x;
      if (wide < 34) return;
      const tag = made("div", "", "tag");
      if (entry) tag.append(made("span", entry.letters));
      if (wide > 7.5 * data.places[index].n.length) tag.append(made("span", data.places[index].n));
      if (!tag.childNodes.length) return;
      left -= 1;
      const icon = L.divIcon({ html: tag, className: "", iconSize: [0, 0] });
      L.marker(at(data.places[index].x, data.places[index].y), { icon, interactive: false, keyboard: false, pane: "tags" }).addTo(tags);
    });
  }
  map.on("moveend", labels);

  // The card of a commune.
  function line(list, label, text, className) {
    list.append(made("dt", label), made("dd", text, className));
  }
  function card(index) {
    const place = data.places[index];
    byId("fiche-nom").textContent = place.n;
    const list = byId("fiche-lignes");
    list.replaceChildren();
    line(list, theme.title, said(index));
    for (const [label, text] of place.f) line(list, data.labels[label], data.phrases[text]);
    const zones = (one) => Number(one.group === data.themes[0].group);
    for (const other of [...data.themes].sort((a, b) => zones(a) - zones(b))) {
      if (other !== theme) line(list, other.title, other.texts[other.said[index]], "lesser");
    }
    const sheet = byId("fiche");
    const where = map.latLngToContainerPoint(at(place.x, place.y));
    sheet.classList.toggle("at-left", where.x > map.getSize().x / 2);
    sheet.hidden = false;
    sheet.scrollTop = 0;
  }
  function outlineOf(index, on) {
    shapes[index].setStyle(on ? { weight: 3.5, color: "#b3261e" } : { weight: 0.7, color: "#4a4a46" });
    if (on) shapes[index].bringToFront();
  }
  function choose(index, fromList) {
    if (chosen >= 0) {
      outlineOf(chosen, false);
      rows[chosen].classList.remove("chosen");
      rows[chosen].removeAttribute("aria-current");
    }
    chosen = index;
    outlineOf(index, true);
    rows[index].classList.add("chosen");
    rows[index].setAttribute("aria-current", "true");
    card(index);
    const place = at(data.places[index].x, data.places[index].y);
    if (fromList && !map.getBounds().pad(-0.1).contains(place)) map.panTo(place, { animate: false });
    if (!fromList) {
      rows[index].hidden = false;
      const scroll = byId("defile");
      scroll.scrollTop = rows[index].offsetTop - scroll.clientHeight / 2;
    }
  }
  byId("fiche-fermer").addEventListener("click", () => {
    if (chosen >= 0) outlineOf(chosen, false);
    byId("fiche").hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") byId("fiche-fermer").click();
  });

  // The list of the same communes.
  const body = byId("communes");
  const rows = Array.from(body.rows);
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row) choose(rows.indexOf(row), true);
  });
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  byId("filtre").addEventListener("input", (event) => {
    const asked = plain(event.target.value.trim());
    let left = 0;
    rows.forEach((row) => {
      row.hidden = !plain(row.textContent).includes(asked);
      if (!row.hidden) left += 1;
    });
    byId("combien").textContent = `${left.toLocaleString("fr-FR")} commune${left > 1 ? "s" : ""}`;
  });

  // Structures, permanences and candidate places.
  const forms = {
    rond: "M11 1a10 10 0 1 0 .01 0Z",
    carre: "M2 2H20V20H2Z",
    losange: "M11 0L22 11L11 22L0 11Z",
    triangle: "M11 0L22 21H0Z",
    etoile: "M11 0L14 7L22 8L16 13L18 21L11 17L4 21L6 13L0 8L8 7Z",
  };
  function sign(layer) {
    const whole = made("span", "", "spot");
    const box = drawn("svg", { viewBox: "0 0 22 22", "aria-hidden": "true" });
    box.append(drawn("path", { d: forms[layer.shape], fill: "#7a2417", stroke: "#fff", "stroke-width": 1 }));
    whole.append(box, made("b", layer.letters));
    return whole;
  }
  function spotCard(spot) {
    const whole = made("div");
    whole.append(made("strong", spot.n));
    for (const text of spot.l) whole.append(made("br"), made("span", text));
    return whole;
  }
  const standing = new Map();
  function beside(spot) {
    const key = `${spot.x},${spot.y}`;
    const rank = standing.get(key) || 0;
    standing.set(key, rank + 1);
    return [11 - 20 * rank, -8];
  }
  const groups = data.layers.map((layer) => L.layerGroup(layer.spots.map((spot) => {
    const icon = L.divIcon({ html: sign(layer), className: "", iconSize: [22, 22], iconAnchor: beside(spot) });
    return L.marker(at(spot.x, spot.y), { icon, title: spot.n, alt: `${layer.title} : ${spot.n}`, keyboard: false })
      .bindTooltip(() => spotCard(spot))
      .bindPopup(() => spotCard(spot));
  })));
  data.layers.forEach((layer, index) => {
    const box = byId("couche-" + layer.id);
    box.nextElementSibling.append(sign(layer));
    const show = () => (box.checked ? groups[index].addTo(map) : groups[index].remove());
    box.addEventListener("change", show);
    show();
  });

  // French controls.
  L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.getContainer().setAttribute("role", "application");
  map.getContainer().setAttribute("aria-label", "Carte : les flèches la déplacent, plus et moins la grossissent ; la liste des mêmes communes est à côté");
  const [west, south, east, north] = data.bounds;
  const whole = L.latLngBounds(at(west, south), at(east, north));
  map.fitBounds(whole, { padding: [12, 12], animate: false });
  map.setMaxBounds(whole.pad(0.5));
  map.setMinZoom(map.getZoom() - 1);
  const choice = byId("theme");
  choice.addEventListener("change", () => colour(choice.value));
  colour(choice.value);
  document.documentElement.dataset.ready = "oui";
}
