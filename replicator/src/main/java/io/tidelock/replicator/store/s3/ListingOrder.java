package io.tidelock.replicator.store.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * In which order versions and delete markers stand in one page of a listing. The SDK hands them out as two lists, and
 * their times, whole seconds at AWS, cannot tell which of the two is newer.
 */
final class ListingOrder {
    private ListingOrder() {}

    /** For each entry of the page whether it is a delete marker. */
    static List<Boolean> markers(byte[] xml) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        var markers = new ArrayList<Boolean>();
        var reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "Version" -> markers.add(false);
                    case "DeleteMarker" -> markers.add(true);
                    default -> {}
                }
            }
        }
        return markers;
    }
}
