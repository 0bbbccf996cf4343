// A page that comes back with mistakes puts the reader at the list of them.
const summary = document.querySelector(".error-summary");
if (summary) summary.focus();
