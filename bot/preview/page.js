"use strict";
// Reloads the page when a file of the series was saved.
const query = new URLSearchParams(location.search);
query.set("stamp", document.body.dataset.stamp);
new EventSource("/events?" + query).addEventListener("changed", () => location.reload());
