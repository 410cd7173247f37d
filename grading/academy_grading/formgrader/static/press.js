// nbgrader writes what its buttons do into the pages, where the pages' rules let nothing run. Here is what they may do.
{
  /** @type {Record<string, () => void>} */
  const works = {
    toggleAllNames: () => toggleAllNames(),
    createAssignmentModal: () => createAssignmentModal(),
    createStudentModal: () => createStudentModal(),
  };
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-press]"))) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      works[button.dataset.press ?? ""]?.();
    });
  }
  if (location.search === "?all_graded") {
    const note = document.createElement("p");
    note.className = "alert alert-success";
    note.setAttribute("role", "status");
    note.textContent = "Everything here is graded. Generate the feedback next, then release it.";
    document.querySelector(".breadcrumb")?.after(note);
  }
}
