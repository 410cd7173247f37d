"""What a screen reader says of what changes on a page."""

__all__ = ["SPOKEN"]

# Run on a page: from then on `spoken()` returns what live regions said, in their order.
SPOKEN = """() => {
  const heard = [];
  const look = (records) => {
    for (const { target } of records) {
      const live = (target.closest ? target : target.parentElement).closest("[aria-live], [role=status], [role=alert]");
      const mute = !live || live.ariaLive === "off" || live.closest("[hidden]");
      if (!mute && live.textContent && heard[heard.length - 1] !== live.textContent) heard.push(live.textContent);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  window.spoken = () => (look(observer.takeRecords()), heard);
}"""
