"""What of a page's looks can be measured, at the widths that readers have: from a small phone to a wide desk."""

WIDTHS = {360: 780, 390: 844, 768: 1024, 1440: 900, 1920: 1080}

# A line for each fault. What scrolls by itself may be wider than its place, what ends in dots may be cut.
_FAULTS = r"""width => {
    const found = new Set(), styles = new Map(), range = document.createRange();
    const style = each => styles.get(each) || styles.set(each, getComputedStyle(each)).get(each);
    const say = (what, each, words) => found.add(`${what}: ${each.tagName.toLowerCase()}.${each.className} in .${each.parentElement.className}: ${words}`);
    const up = (each, is) => { for (let at = each; at && at !== document.body; at = at.parentElement) if (is(at)) return at; return null; };
    const scrolls = each => up(each, at => /auto|scroll/.test(style(at).overflowX));
    const dotted = each => up(each, at => style(at).textOverflow === 'ellipsis' || style(at).webkitLineClamp !== 'none');
    const hidden = each => each.closest('.cp-unseen, .cp-word, svg, .md-header__topic, .md-sidebar--primary, [hidden], details:not([open]) > :not(summary)')
        || up(each, at => style(at).clip !== 'auto') || !each.offsetWidth || style(each).visibility !== 'visible' || style(each).opacity === '0';
    if (document.documentElement.scrollWidth > width) found.add(`the page scrolls sideways: ${document.documentElement.scrollWidth}`);

    // no text sticks out of its own box, is cut by one around it, or stands beyond the screen
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode, parent = node.parentElement;
        if (!node.data.trim() || /^(SCRIPT|STYLE|OPTION|NOSCRIPT)$/.test(parent.tagName) || hidden(parent) || dotted(parent)) continue;
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect(), block = up(parent, at => style(at).display !== 'inline');
        const out = at => { const edge = at.getBoundingClientRect(); return box.right > edge.right + 2 || box.left < edge.left - 2; };
        if (!box.width || !block) continue;
        if (block !== scrolls(parent) && out(block)) say('sticks out', parent, node.data.trim().slice(0, 30));
        const cuts = up(block, at => style(at).overflowX !== 'visible');
        if (cuts && !scrolls(parent) && out(cuts)) say('is cut', parent, node.data.trim().slice(0, 30));
        if (!scrolls(parent) && (box.right > width + 1 || box.left < -1)) say('is beyond the screen', parent, node.data.trim().slice(0, 30));
    }

    // a number is not torn, where lines may not end anywhere (addresses, code)
    texts.currentNode = document.body;
    while (texts.nextNode()) {
        const node = texts.currentNode, parent = node.parentElement;
        if (!/\d[\d.,]*\d/.test(node.data) || /^(SCRIPT|STYLE|OPTION|NOSCRIPT)$/.test(parent.tagName) || parent.closest('code, pre, a[href^="http"]')) continue;
        if (hidden(parent)) continue;
        for (const found of node.data.matchAll(/\d[\d.,]*\d/g)) {
            range.setStart(node, found.index);
            range.setEnd(node, found.index + found[0].length);
            const boxes = Array.from(range.getClientRects());
            if (boxes.length && boxes[boxes.length - 1].bottom - boxes[0].bottom > 6) say('a number is torn', parent, found[0]);
        }
    }

    // a word of up to four characters stands on one line
    const tops = each => {
        const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT), tops = new Set();
        while (walker.nextNode()) {
            range.selectNodeContents(walker.currentNode);
            if (walker.currentNode.data.trim()) Array.from(range.getClientRects(), box => box.width && tops.add(Math.round(box.bottom / 6)));
        }
        return tops.size;
    };
    document.querySelectorAll('th, button, label, dt, summary, legend, nav a, .cp-count, .cp-size, .cp-theme, .cp-designation').forEach(each => {
        const words = each.textContent.trim();
        if (words && words.length <= 4 && !hidden(each) && tops(each) > 1) say('is torn', each, words);
    });

    // the last line of what is set in a few lines has more than one character
    const last = each => {
        const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT), nodes = [];
        let bottom = null, words = '';
        while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.cp-count, .cp-size, .headerlink, .cp-unseen')) nodes.push(walker.currentNode);
        for (const node of nodes.reverse()) for (let at = node.length - 1; at >= 0; at--) {
            if (/[\s：；，。！？”’…]/.test(node.data[at])) continue;
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect();
            if (bottom !== null && Math.abs(box.bottom - bottom) > 6) return words;
            bottom = box.bottom;
            words = node.data[at] + words;
            if (words.length > 1) return words;
        }
        return '';
    };
    document.querySelectorAll('h1, h2, h3, h4, th, dt, button, figcaption, .cp-phrases, .cp-subtitle, .cp-note, .cp-lead, .cp-how, .cp-ways span, '
        + '.cp-facts dd, .cp-card-where, .cp-theme, .cp-of-from, .cp-body p, .cp-prose p, .cp-prose li, .cp-table td, .cp-footer p, .cp-line-where > span').forEach(each => {
        if (!hidden(each) && !each.closest('.cp-prize') && last(each).length === 1) say('ends with one character', each, each.textContent.trim().slice(-30));
    });

    // the cells of a row begin on one line
    document.querySelectorAll('.cp-table tbody tr').forEach(row => {
        const tops = Array.from(row.cells, cell => {
            const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
            if (!text || hidden(text.parentElement)) return null;
            range.setStart(text, 0);
            range.setEnd(text, 1);
            return range.getBoundingClientRect().bottom;
        }).filter(top => top !== null);
        if (Math.max(...tops) - Math.min(...tops) > 8) say('begins on another line', row, row.textContent.trim().slice(0, 20));
    });

    // no target lies on another
    const over = document.querySelector('dialog[open], .cp-suggest:not([hidden])'), boxes = [];
    (over || document).querySelectorAll('a[href], button, input, select, summary, video').forEach(each => {
        if (hidden(each) || each.closest('.cp-basket, .md-header, .cp-heat')) return;
        const cut = up(each.parentElement, at => style(at).overflowX !== 'visible'), edge = cut && cut.getBoundingClientRect();
        Array.from(each.getClientRects(), ({ left, right, top, bottom }) => boxes.push(edge ? { each, left: Math.max(left, edge.left),
            right: Math.min(right, edge.right), top: Math.max(top, edge.top), bottom: Math.min(bottom, edge.bottom) } : { each, left, right, top, bottom }));
    });
    boxes.sort((one, other) => one.top - other.top).forEach((one, nth) => {
        for (let at = nth + 1; at < boxes.length && boxes[at].top < one.bottom - 2; at++) {
            const other = boxes[at];
            if (one.each === other.each || one.each.contains(other.each) || other.each.contains(one.each)) continue;
            if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 && Math.min(one.bottom, other.bottom) - other.top > 2)
                say('lies on another', one.each, `${one.each.textContent.trim().slice(0, 20)}, ${other.each.textContent.trim().slice(0, 20)}`);
        }
    });
    return Array.from(found);
}"""


def faults(page) -> dict[str, list[int]]:
    """What is wrong with a page as it is now, and at which widths."""
    found: dict[str, list[int]] = {}
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for line in page.evaluate(_FAULTS, width):
            found.setdefault(line, []).append(width)
    return found
